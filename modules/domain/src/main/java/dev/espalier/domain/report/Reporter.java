package dev.espalier.domain.report;

import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Cut;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Place;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads a study's report off the standings. */
final class Reporter {
  private final StudyId id;
  private final Study study;
  private final TaskGraph graph;
  private final Standings standings;
  private final List<OutcomePublished> outcomes;

  Reporter(StudyId id, Study study, TaskGraph graph, Standings standings) {
    this.id = id;
    this.study = study;
    this.graph = graph;
    this.standings = standings;
    this.outcomes =
        graph.nodes().stream()
            .flatMap(node -> standings.task(node.id()).outcome().stream())
            .toList();
  }

  Report report() {
    List<Outcome.Completed> completed =
        outcomes.stream().flatMap(ended -> completed(ended.outcome()).stream()).toList();
    List<Cell> cells = cells();
    Rounds rounds = new Rounds(study, graph, standings);
    return new Report(
        id,
        study,
        graph.nodes().size(),
        completed.size(),
        cells,
        rounds.cuts(),
        rounds.naturalSparsity(),
        comparisons(cells),
        masks(),
        outcomes.stream().filter(ended -> completed(ended.outcome()).isEmpty()).toList(),
        completed.stream().map(Outcome.Completed::numerics).collect(Collectors.toSet()),
        completed.stream().map(Outcome.Completed::cost).reduce(Cost.NONE, Cost::plus),
        standings.spent(id).map(BudgetSpent::limit));
  }

  private static Optional<Outcome.Completed> completed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed completed -> Optional.of(completed);
      case Outcome.Failed failed -> Optional.empty();
    };
  }

  private List<Cell> cells() {
    return Report.armsOf(study).stream()
        .flatMap(
            arm ->
                IntStream.rangeClosed(0, roundsOf(arm))
                    .boxed()
                    .flatMap(level -> cell(arm, level).stream()))
        .toList();
  }

  private int roundsOf(Arm arm) {
    return study.pruningOf(arm.variant()).rounds();
  }

  private Optional<Cell> cell(Arm arm, int level) {
    SortedMap<Long, Measurement> measurements = new TreeMap<>();
    for (Node node : graph.nodes()) {
      Optional<Measurement> measured =
          standings.task(node.id()).result().flatMap(result -> measurement(node.task(), result));
      for (Place place : node.places()) {
        if (place.arm().equals(arm) && place.level() == level && measured.isPresent()) {
          measurements.put(place.seed(), measured.get());
        }
      }
    }
    return measurements.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cell(arm, level, measurements));
  }

  /** What was measured; a round's score is of the mask that it trained under. */
  private Optional<Measurement> measurement(Task task, Result result) {
    return switch (result) {
      case Result.Evaluated evaluated ->
          Optional.of(
              new Measurement(
                  evaluated.score(),
                  evaluated.kept(),
                  evaluated.total(),
                  evaluated.size(),
                  evaluated.instability()));
      case Result.Pruned pruned -> Optional.of(measurement(pruned, trainedUnder(task, pruned)));
      case Result.Scored scored -> Optional.empty();
    };
  }

  private static Measurement measurement(Result.Pruned pruned, Optional<Result.Pruned> under) {
    long total = pruned.mask().total();
    return new Measurement(
        pruned.score(),
        under.map(cut -> cut.mask().kept()).orElse(total),
        total,
        under.isPresent()
            ? under.get().cut().map(Cut::size)
            : pruned.cut().map(cut -> cut.size().dense()));
  }

  /** Whose mask a round trained under: that of the round before, or its own; empty in round 0. */
  private Optional<Result.Pruned> trainedUnder(Task task, Result.Pruned own) {
    return switch (task) {
      case PruneTask prune when prune.round() > 0 && prune.level() == prune.round() ->
          Optional.of(own);
      case PruneTask prune -> prune.parent().flatMap(this::pruned);
      case CutTask cut when cut.round() > 0 -> pruned(cut.trained());
      case CutTask cut -> Optional.empty();
      case ScoreTask score -> Optional.empty();
      case EvaluateTask evaluate -> Optional.empty();
    };
  }

  private Optional<Result.Pruned> pruned(TaskId task) {
    return standings.task(task).result().map(Result.Pruned.class::cast);
  }

  private List<Comparison> comparisons(List<Cell> cells) {
    List<Cell> sparsest =
        cells.stream()
            .filter(cell -> cell.level() == roundsOf(cell.arm()))
            .filter(cell -> cell.arm().evaluation().isPresent())
            .toList();
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < sparsest.size(); i++) {
      for (int j = i + 1; j < sparsest.size(); j++) {
        compare(sparsest.get(i), sparsest.get(j)).ifPresent(comparisons::add);
      }
    }
    return comparisons;
  }

  private static Optional<Comparison> compare(Cell first, Cell second) {
    OptionalDouble one = first.spread().standardError();
    OptionalDouble other = second.spread().standardError();
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Comparison(
            first.arm(),
            second.arm(),
            first.level(),
            first.density(),
            first.spread().mean() - second.spread().mean(),
            Math.hypot(one.getAsDouble(), other.getAsDouble())));
  }

  private List<FoundMask> masks() {
    return graph.nodes().stream()
        .flatMap(
            node ->
                standings.task(node.id()).mask().stream()
                    .map(mask -> new FoundMask(armOf(node), mask)))
        .toList();
  }

  private static Arm armOf(Node node) {
    return node.places().getFirst().arm();
  }
}
