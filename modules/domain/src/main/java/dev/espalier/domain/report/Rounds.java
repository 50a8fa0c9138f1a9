package dev.espalier.domain.report;

import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Cut;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.PruneTask;
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
  private final List<Objective> objectives;
  private final TaskGraph graph;
  private final Standings standings;

  Rounds(List<Objective> objectives, TaskGraph graph, Standings standings) {
    this.objectives = objectives;
    this.graph = graph;
    this.standings = standings;
  }

  /** The networks that were just cut, to each level up to {@code levels}. */
  List<CutCell> cuts(int levels) {
    return objectives.stream()
        .flatMap(
            objective ->
                IntStream.rangeClosed(1, levels)
                    .boxed()
                    .flatMap(level -> cut(objective, level).stream()))
        .toList();
  }

  private Optional<CutCell> cut(Objective objective, int level) {
    SortedMap<Long, Measurement> cuts = new TreeMap<>();
    pruned(objective, level - 1)
        .forEach(
            (seed, found) -> found.cut().ifPresent(cut -> cuts.put(seed, measurement(found, cut))));
    return cuts.isEmpty() ? Optional.empty() : Optional.of(new CutCell(objective, level, cuts));
  }

  private static Measurement measurement(Result.Pruned found, Cut cut) {
    return new Measurement(
        cut.score(), found.mask().kept(), found.mask().total(), Optional.of(cut.size()));
  }

  /** What a round found, by seed. */
  private SortedMap<Long, Result.Pruned> pruned(Objective objective, int round) {
    SortedMap<Long, Result.Pruned> found = new TreeMap<>();
    for (Node node : graph.nodes()) {
      if (node.task() instanceof PruneTask task
          && task.objective().equals(objective)
          && task.round() == round
          && standings.task(node.id()).result().orElse(null) instanceof Result.Pruned pruned) {
        found.put(task.setting().seed(), pruned);
      }
    }
    return found;
  }

  /** How sparse the dense networks are by themselves. */
  List<NaturalSparsity> naturalSparsity() {
    List<NaturalSparsity> found = new ArrayList<>();
    for (Objective objective : objectives) {
      SortedMap<Long, Double> zeros = new TreeMap<>();
      pruned(objective, 0)
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
