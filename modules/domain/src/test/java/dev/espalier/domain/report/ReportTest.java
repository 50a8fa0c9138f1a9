package dev.espalier.domain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.Examples;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Cut;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Size;
import dev.espalier.domain.task.TaskGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Study STUDY =
      Examples.study(2, List.of(Evaluation.TICKET, Evaluation.RANDOM));
  private static final StudyId ID = Examples.NAMING.nameOf(STUDY);
  private static final TaskGraph GRAPH = TaskGraph.of(STUDY, Examples.NAMING);
  private static final long TOTAL = 1000;

  @Test
  void aSpreadIsMeanAndStandardError() {
    Spread spread = Spread.of(List.of(1.0, 2.0, 3.0));

    assertThat(spread.mean()).isEqualTo(2);
    assertThat(spread.standardError().orElseThrow()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(Spread.of(List.of(4.0)).standardError()).isEmpty();
  }

  @Test
  void everyArmHasItsAccuraciesAtEveryDensity() {
    Report report = Report.of(ID, STUDY, GRAPH, allDone());

    assertThat(report.isComplete()).isTrue();
    Cell sparsest = report.cell(Arm.of(Objective.LABELS, Evaluation.TICKET), 2).orElseThrow();
    assertThat(sparsest.density()).isEqualTo(0.25);
    assertThat(sparsest.accuracies()).containsOnlyKeys(1L, 2L);
    Cell trained = report.cell(Arm.trained(Objective.ROTATION), 1).orElseThrow();
    assertThat(trained.kept()).isEqualTo(500);
    Cell dense = report.cell(Arm.of(Objective.LABELS, Evaluation.TICKET), 0).orElseThrow();
    assertThat(dense.density()).isEqualTo(1);
  }

  @Test
  void sizesAreThoseOfTheMaskThatANetworkWasTrainedUnder() {
    Report report = Report.of(ID, STUDY, GRAPH, allDone());

    Size dense = report.cell(Arm.trained(Objective.LABELS), 0).orElseThrow().size().orElseThrow();
    Size once = report.cell(Arm.trained(Objective.LABELS), 1).orElseThrow().size().orElseThrow();
    assertThat(dense).isEqualTo(new Size(TOTAL + 4, TOTAL + 4, 1000, 1000));
    assertThat(once.kept()).isEqualTo(TOTAL / 2 + 4);
    assertThat(report.cell(Arm.RANDOM, 1).orElseThrow().size()).isEmpty();
  }

  @Test
  void networksAreLookedAtBeforeTheyAreRetrained() {
    Report report = Report.of(ID, STUDY, GRAPH, allDone());

    assertThat(report.cuts()).hasSize(4);
    CutCell last = report.cuts().getLast();
    assertThat(last.arm()).isEqualTo(Arm.trained(Objective.ROTATION));
    assertThat(last.level()).isEqualTo(2);
    assertThat(last.density()).isEqualTo(0.25);
    assertThat(last.spread().mean()).isCloseTo(0.215, within(1e-12));
    assertThat(report.naturalSparsity().getFirst().spread().mean()).isEqualTo(0.25);
  }

  @Test
  void costsAddUp() {
    Report report = Report.of(ID, STUDY, GRAPH, allDone());

    assertThat(report.cost().images()).isEqualTo(10L * GRAPH.nodes().size());
  }

  @Test
  void nothingDoneIsAnEmptyReport() {
    Report report = Report.of(ID, STUDY, GRAPH, Standings.EMPTY);

    assertThat(report.cells()).isEmpty();
    assertThat(report.isComplete()).isFalse();
  }

  @Test
  void theTicketIsComparedWithTheRandomControlAtTheLowestDensity() {
    Report report = Report.of(ID, STUDY, GRAPH, allDone());

    Comparison comparison =
        report.comparisons().stream()
            .filter(any -> any.first().equals(Arm.of(Objective.LABELS, Evaluation.TICKET)))
            .filter(any -> any.second().equals(Arm.RANDOM))
            .findFirst()
            .orElseThrow();

    assertThat(comparison.level()).isEqualTo(2);
    assertThat(comparison.difference()).isCloseTo(0.3, within(1e-12));
    assertThat(comparison.isClearlyBetter()).isTrue();
    assertThat(comparison.isClearlyWorse()).isFalse();
  }

  @Test
  void sharedOutScoresChangeNothingInAReport() {
    Study shared = Examples.sharedOut(STUDY, 3);
    TaskGraph graph = TaskGraph.of(shared, Examples.NAMING);

    Report report = Report.of(ID, shared, graph, allDone(graph));
    Report usual = Report.of(ID, STUDY, GRAPH, allDone());

    assertThat(graph.nodes()).hasSizeGreaterThan(GRAPH.nodes().size());
    assertThat(report.cells()).isEqualTo(usual.cells());
    assertThat(report.cuts()).isEqualTo(usual.cuts());
    assertThat(report.naturalSparsity()).isEqualTo(usual.naturalSparsity());
  }

  @Test
  void aRoundWhoseCutIsMissingIsNoMeasurementYet() {
    Study shared = Examples.sharedOut(STUDY, 2);
    TaskGraph graph = TaskGraph.of(shared, Examples.NAMING);
    Standings standings = Standings.EMPTY;
    for (Node node : graph.nodes()) {
      standings = node.task() instanceof CutTask ? standings : standings.plus(done(node));
    }

    Report report = Report.of(ID, shared, graph, standings);

    assertThat(report.cell(Arm.trained(Objective.LABELS), 0)).isEmpty();
    assertThat(report.cuts()).isEmpty();
  }

  private static Standings allDone() {
    return allDone(GRAPH);
  }

  private static Standings allDone(TaskGraph graph) {
    Standings standings = Standings.EMPTY;
    for (Node node : graph.nodes()) {
      standings = standings.plus(done(node));
    }
    return standings;
  }

  private static OutcomePublished done(Node node) {
    Outcome outcome =
        new Outcome.Completed(
            resultOf(node),
            new Numerics("nd4j", "x", 1, "0", false, Optional.empty()),
            new Cost(10, Duration.ofSeconds(1)));
    return new OutcomePublished(Instant.EPOCH, ID, node.id(), 1, "w", outcome);
  }

  private static Result pruned(Node node, int level) {
    double jitter = 0.01 * node.task().setting().seed();
    return new Result.Pruned(
        new Score(0.9 + jitter, 0.1),
        new MaskSummary(
            Examples.digestOf(node),
            Optional.empty(),
            List.of(new Kept("w", TOTAL >> level, TOTAL))),
        Examples.digestOf("trained"),
        Examples.digestOf("rewind"),
        Optional.of(
            new Cut(
                new Score(0.2 + jitter, 2),
                new Size(TOTAL + 4, (TOTAL >> level) + 4, 1000, Math.min(1000, 2000 >> level)),
                level <= 1 ? TOTAL / 4 : 0)));
  }

  private static Result resultOf(Node node) {
    double jitter = 0.01 * node.task().setting().seed();
    return switch (node.task()) {
      case PruneTask prune -> pruned(node, prune.level());
      case ScoreTask score -> new Result.Scored(Examples.digestOf(node));
      case CutTask cut -> pruned(node, cut.round() + 1);
      case EvaluateTask evaluate -> {
        double accuracy = evaluate.evaluation().equals(Evaluation.RANDOM) ? 0.5 : 0.8;
        int level = node.places().getFirst().level();
        yield new Result.Evaluated(new Score(accuracy + jitter, 1), TOTAL >> level, TOTAL);
      }
    };
  }
}
