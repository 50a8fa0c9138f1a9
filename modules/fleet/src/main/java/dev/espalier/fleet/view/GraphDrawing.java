package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.TaskId;
import dev.espalier.domain.task.TaskKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lays a study's graph out in lanes and depths. Made for one view, and used up by it. */
final class GraphDrawing {
  private static final List<State> STATES = List.of(State.values());
  private static final List<TaskKind> KINDS = List.of(TaskKind.values());

  private final Map<TaskId, Integer> places = new HashMap<>();
  private final Map<String, Integer> lanes = new LinkedHashMap<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Integer> lane = new ArrayList<>();
  private final List<Integer> depth = new ArrayList<>();
  private final List<Integer> kind = new ArrayList<>();
  private final List<Integer> state = new ArrayList<>();
  private final List<List<Integer>> parents = new ArrayList<>();

  private GraphDrawing() {}

  /** The graph of {@code wished}, whose tasks are {@code nodes}, each after its parents. */
  static GraphView of(StudyWished wished, List<Node> nodes, Standings standings) {
    GraphDrawing drawing = new GraphDrawing();
    nodes.forEach(node -> drawing.add(node, standings.task(node.id()).state()));
    return new GraphView(
        wished.study(),
        STATES,
        KINDS,
        List.copyOf(drawing.lanes.keySet()),
        drawing.ids,
        drawing.lane,
        drawing.depth,
        drawing.kind,
        drawing.state,
        drawing.parents);
  }

  private void add(Node node, State stands) {
    List<Integer> needed =
        node.task().parents().stream()
            .map(parent -> Objects.requireNonNull(places.get(parent)))
            .toList();
    places.put(node.id(), ids.size());
    ids.add(node.id().digest().brief());
    lane.add(laneOf(node, needed));
    depth.add(1 + needed.stream().mapToInt(depth::get).max().orElse(-1));
    kind.add(KINDS.indexOf(TaskKind.of(node.task())));
    state.add(STATES.indexOf(stands));
    parents.add(needed);
  }

  /** What judges a mask lies in the lane of what found it, what judges none in its objective's. */
  private int laneOf(Node node, List<Integer> needed) {
    return switch (node.task()) {
      case PruneTask prune -> lane(prune.objective(), prune.setting().seed());
      case ScoreTask score -> lane(score.objective(), score.setting().seed());
      case CutTask cut -> lane(cut.objective(), cut.setting().seed());
      case EvaluateTask _ when !needed.isEmpty() -> lane.get(needed.getFirst());
      case EvaluateTask _ -> {
        Place place = node.places().getFirst();
        yield lane(
            place.arm().objective().<Object>map(found -> found).orElse(place.arm()), place.seed());
      }
    };
  }

  private int lane(Object what, long seed) {
    String name = "%s · seed %d".formatted(what, seed);
    return lanes.computeIfAbsent(name, _ -> lanes.size());
  }
}
