package dev.espalier.domain.report;

import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Cut;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads what the rounds of pruning themselves found off the standings. */
final class Rounds {
  private final Study study;
  private final TaskGraph graph;
  private final Standings standings;

  Rounds(Study study, TaskGraph graph, Standings standings) {
    this.study = study;
    this.graph = graph;
    this.standings = standings;
  }

  /** The networks that were just cut, arm by arm and level by level. */
  List<CutCell> cuts() {
    return Report.trainedArmsOf(study).stream()
        .flatMap(
            arm ->
                IntStream.rangeClosed(1, study.pruningOf(arm.variant()).rounds())
                    .boxed()
                    .flatMap(level -> cut(arm, level).stream()))
        .toList();
  }

  private Optional<CutCell> cut(Arm arm, int level) {
    SortedMap<Long, Measurement> cuts = new TreeMap<>();
    pruned(arm, study.pruningOf(arm.variant()).recipe().roundOf(level))
        .forEach(
            (seed, found) -> found.cut().ifPresent(cut -> cuts.put(seed, measurement(found, cut))));
    return cuts.isEmpty() ? Optional.empty() : Optional.of(new CutCell(arm, level, cuts));
  }

  private static Measurement measurement(Result.Pruned found, Cut cut) {
    return new Measurement(
        cut.score(), found.mask().kept(), found.mask().total(), Optional.of(cut.size()));
  }

  /** What a round found, by seed. */
  private SortedMap<Long, Result.Pruned> pruned(Arm arm, int round) {
    SortedMap<Long, Result.Pruned> found = new TreeMap<>();
    for (Node node : graph.nodes()) {
      for (Place place : node.places()) {
        if (place.arm().equals(arm)
            && place.level() == round
            && standings.task(node.id()).result().orElse(null) instanceof Result.Pruned pruned) {
          found.put(place.seed(), pruned);
        }
      }
    }
    return found;
  }

  /** How sparse the dense networks are by themselves. */
  List<NaturalSparsity> naturalSparsity() {
    List<NaturalSparsity> found = new ArrayList<>();
    for (Objective objective : study.objectives()) {
      SortedMap<Long, Double> zeros = new TreeMap<>();
      pruned(Arm.trained(objective), 0)
          .forEach(
              (seed, dense) ->
                  dense
                      .cut()
                      .ifPresent(
                          cut -> zeros.put(seed, (double) cut.zeros() / dense.mask().total())));
      if (!zeros.isEmpty()) {
        found.add(new NaturalSparsity(objective, zeros));
      }
    }
    return found;
  }
}
