package dev.espalier.domain.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.Examples;
import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.Measurement;
import dev.espalier.domain.report.NaturalSparsity;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Labelled;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final Arm TICKET = Arm.of(Objective.LABELS, Evaluation.TICKET);
  private static final Arm REINIT = Arm.of(Objective.LABELS, Evaluation.REINIT);
  private static final Arm FOUND = Arm.of(Objective.ROTATION, Evaluation.REINIT);
  private static final Arm PROBE = Arm.of(Objective.ROTATION, Evaluation.PROBE);
  private static final Study STUDY = Examples.study(5, Evaluation.USUAL);
  private static final int TOTAL = 1024;

  private final List<Cell> cells = new ArrayList<>();

  /** Half of the weights is left, then a quarter and so on, with these accuracies by seed. */
  private void at(Arm arm, int level, double... accuracies) {
    SortedMap<Long, Measurement> measurements = new TreeMap<>();
    for (int i = 0; i < accuracies.length; i++) {
      Score score = new Score(accuracies[i], 1);
      measurements.put(i + 1L, new Measurement(score, TOTAL >> level, TOTAL, Optional.empty()));
    }
    cells.add(new Cell(arm, level, measurements));
  }

  private Verdicts verdicts(Study study, List<NaturalSparsity> natural) {
    return Verdicts.of(
        new Report(
            Examples.NAMING.nameOf(study),
            study,
            1,
            1,
            cells,
            List.of(),
            natural,
            List.of(),
            List.of(),
            List.of(),
            Set.of(),
            Cost.NONE,
            Optional.empty()));
  }

  private Verdict verdict(String claim) {
    return verdicts(STUDY, List.of()).verdicts().stream()
        .filter(verdict -> verdict.claim().name().equals(claim))
        .findFirst()
        .orElseThrow();
  }

  private String reason(String claim) {
    return verdicts(STUDY, List.of()).untested().stream()
        .filter(untested -> untested.claim().name().equals(claim))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  @Test
  void seedsAreComparedWithThemselves() {
    at(TICKET, 3, 0.80, 0.70, 0.90);
    at(REINIT, 3, 0.77, 0.68, 0.86);

    Verdict verdict = verdict("ticket-wins/labels");

    assertThat(verdict.densities()).containsExactly(0.125);
    assertThat(verdict.estimate().count()).isEqualTo(3);
    assertThat(verdict.estimate().mean()).isCloseTo(0.03, within(1e-12));
    assertThat(verdict.estimate().standardError()).isCloseTo(0.01 / Math.sqrt(3), within(1e-12));
    double reach = 4.302652730 * 0.01 / Math.sqrt(3);
    assertThat(verdict.estimate().low()).isCloseTo(0.03 - reach, within(1e-10));
    assertThat(verdict.ruling()).isEqualTo(Ruling.SUPPORTED);
  }

  @Test
  void severeDensitiesCountTogetherAndModerateOnesDoNot() {
    at(TICKET, 1, 0.9, 0.9);
    at(REINIT, 1, 0.1, 0.1);
    at(TICKET, 3, 0.5, 0.5);
    at(REINIT, 3, 0.6, 0.61);
    at(TICKET, 4, 0.4, 0.4);
    at(REINIT, 4, 0.6, 0.61);

    Verdict verdict = verdict("ticket-wins/labels");

    assertThat(verdict.densities()).containsExactly(0.125, 0.0625);
    assertThat(verdict.estimate().mean()).isCloseTo(-0.155, within(1e-12));
    assertThat(verdict.ruling()).isEqualTo(Ruling.CONTRADICTED);
  }

  @Test
  void masksMatchOnlyWhenTheWholeIntervalIsWithinAPoint() {
    at(FOUND, 3, 0.800, 0.701, 0.902);
    at(REINIT, 3, 0.801, 0.703, 0.901);
    assertThat(verdict("masks-match/rotation").ruling()).isEqualTo(Ruling.SUPPORTED);

    cells.clear();
    at(FOUND, 3, 0.81, 0.71, 0.92);
    at(REINIT, 3, 0.80, 0.73, 0.90);
    assertThat(verdict("masks-match/rotation").ruling()).isEqualTo(Ruling.UNDECIDED);
  }

  @Test
  void aLeadGrowsWhenItIsLargerAtSevereDensities() {
    at(FOUND, 1, 0.90, 0.91);
    at(Arm.RANDOM, 1, 0.90, 0.90);
    at(FOUND, 3, 0.80, 0.81);
    at(Arm.RANDOM, 3, 0.60, 0.60);

    Verdict verdict = verdict("gap-grows/rotation");

    assertThat(verdict.values()).containsOnlyKeys(1L, 2L);
    assertThat(verdict.estimate().mean()).isCloseTo(0.2, within(1e-12));
    assertThat(verdict.densities()).containsExactly(0.5, 0.125);
    assertThat(verdict.ruling()).isEqualTo(Ruling.SUPPORTED);
  }

  @Test
  void featuresAreHeldAgainstTheDenseNetwork() {
    at(PROBE, 0, 0.60, 0.61, 0.62);
    at(PROBE, 1, 0.62, 0.63, 0.64);
    at(PROBE, 2, 0.62, 0.63, 0.64);
    at(PROBE, 3, 0.60, 0.61, 0.62);
    at(PROBE, 5, 0.50, 0.51, 0.52);

    assertThat(verdict("features-kept/rotation").densities()).containsExactly(1.0, 0.125);
    assertThat(verdict("features-kept/rotation").ruling()).isEqualTo(Ruling.SUPPORTED);
    assertThat(verdict("features-raised/rotation").estimate().mean())
        .isCloseTo(0.02, within(1e-12));
    assertThat(verdict("features-lost/rotation").densities()).containsExactly(1.0, 0.03125);
    assertThat(verdict("features-lost/rotation").ruling()).isEqualTo(Ruling.SUPPORTED);
  }

  @Test
  void whatAStudyDoesNotBearOnIsSaid() {
    at(TICKET, 1, 0.9, 0.9);
    at(REINIT, 1, 0.9, 0.9);

    assertThat(reason("ticket-wins/labels")).isEqualTo("no figures at densities up to 20 %");
    assertThat(reason("above-random/labels")).isEqualTo("no figures of random");

    at(TICKET, 3, 0.9, 0.9);
    at(REINIT, 3, 0.9);
    assertThat(reason("ticket-wins/labels")).isEqualTo("figures of one seed only");
  }

  @Test
  void fewLabelsAreHeldAgainstNone() {
    Objective few = new Objective.Labels(new Labelled(0.1, Labelled.Of.IMAGES));
    Objective both = new Objective.S4l(new Labelled(0.1, Labelled.Of.IMAGES), 1);

    assertThat(claims(List.of(Objective.ROTATION, few, both), List.of(Evaluation.TICKET)))
        .filteredOn(name -> name.startsWith("few-labels"))
        .containsExactlyInAnyOrder(
            "few-labels/labels-0.1/rotation",
            "few-labels/s4l-0.1/rotation",
            "few-labels/s4l-0.1/labels-0.1");
  }

  @Test
  void pruningBeforeATransferIsHeldAgainstPruningThere() {
    List<Evaluation> evaluations =
        List.of(Evaluation.parse("transfer@other"), Evaluation.parse("pruned@other"));

    assertThat(claims(STUDY.objectives(), evaluations))
        .contains("prune-before-transfer/rotation/other");
    assertThat(claims(STUDY.objectives(), evaluations.subList(0, 1)))
        .noneMatch(name -> name.startsWith("prune-before-transfer"));
  }

  @Test
  void aGapDeepensWhenItIsLargerWithAllLayersPruned() {
    Arm ticket = Arm.of(Objective.ROTATION, Evaluation.TICKET);
    at(TICKET, 5, 0.80, 0.81);
    at(ticket, 5, 0.70, 0.71);
    at(TICKET.in("first"), 2, 0.90, 0.91);
    at(ticket.in("first"), 2, 0.89, 0.90);
    Study study =
        new Study(
            STUDY.data(),
            STUDY.network(),
            STUDY.seeds(),
            STUDY.objectives(),
            STUDY.training(),
            STUDY.pruning(),
            STUDY.evaluations(),
            STUDY.precision(),
            STUDY.trainings(),
            new TreeMap<>(Map.of("first", new Pruning(ofFirstLayer(STUDY.pruning().recipe()), 2))),
            STUDY.transfers());

    Verdict verdict =
        verdicts(study, List.of()).verdicts().stream()
            .filter(one -> one.claim().name().equals("gap-deepens/rotation"))
            .findFirst()
            .orElseThrow();

    assertThat(verdict.estimate().mean()).isCloseTo(0.09, within(1e-12));
    assertThat(verdict.ruling()).isEqualTo(Ruling.SUPPORTED);
  }

  private static Recipe ofFirstLayer(Recipe recipe) {
    return new Recipe(
        recipe.criterion(),
        recipe.scope(),
        recipe.fraction(),
        recipe.rewind(),
        recipe.pattern(),
        recipe.moment(),
        recipe.batches(),
        recipe.steps(),
        OptionalInt.of(1),
        recipe.retrain(),
        recipe.schedule());
  }

  @Test
  void onlyWhatThePaperTrainedOnIsHeldAgainstIt() {
    Objective simclr = new Objective.Simclr(0.5, 128);

    assertThat(claims(List.of(simclr), List.of(Evaluation.TICKET))).isEmpty();
  }

  private static List<String> claims(List<Objective> objectives, List<Evaluation> evaluations) {
    Study study =
        new Study(
            STUDY.data(),
            STUDY.network(),
            STUDY.seeds(),
            objectives,
            STUDY.training(),
            STUDY.pruning(),
            evaluations,
            STUDY.precision(),
            STUDY.trainings(),
            STUDY.variants(),
            STUDY.transfers());
    return Claims.about(study).stream().map(Claim::name).toList();
  }

  @Test
  void naturalSparsityIsAskedOfTheNetworksThatThePaperGives() {
    Study cifar =
        new Study(
            DataSpec.all(DataSpec.Name.CIFAR10).pinnedTo(Examples.digestOf("cifar")),
            KnownNetwork.RESNET18,
            STUDY.seeds(),
            STUDY.objectives(),
            STUDY.training(),
            STUDY.pruning(),
            STUDY.evaluations(),
            STUDY.precision());
    NaturalSparsity natural =
        new NaturalSparsity(Objective.LABELS, new TreeMap<>(Map.of(1L, 0.81, 2L, 0.82)));

    assertThat(verdicts(cifar, List.of(natural)).verdicts())
        .singleElement()
        .satisfies(verdict -> assertThat(verdict.ruling()).isEqualTo(Ruling.UNDECIDED))
        .satisfies(verdict -> assertThat(verdict.claim().name()).startsWith("natural-sparsity"));
    assertThat(verdicts(STUDY, List.of(natural)).verdicts()).isEmpty();
  }
}
