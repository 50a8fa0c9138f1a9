package dev.espalier.domain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import dev.espalier.domain.Examples;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyValuesTest {
  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void aShareOutsideItsRangeIsRefused(double share) {
    String message = " of at least 0 and below 1, got " + share;

    assertThatThrownBy(() -> new Optimizer.Sgd(share, false))
        .hasMessage("expected a momentum" + message);
    assertThatThrownBy(() -> new Optimizer.Adam(share, 0.999, 1e-8))
        .hasMessage("expected a beta1" + message);
    assertThatThrownBy(() -> new Optimizer.AdamW(0.9, share, 1e-8))
        .hasMessage("expected a beta2" + message);
    assertThatThrownBy(() -> new Optimizer.Lars(share, 0.001, 0))
        .hasMessage("expected a momentum" + message);
  }

  @Test
  void anOptimizerThatWouldDivideByNothingIsRefused() {
    assertThatThrownBy(() -> new Optimizer.Adam(0.9, 0.999, 0))
        .hasMessage("expected an epsilon above 0, got 0.0");
    assertThatThrownBy(() -> new Optimizer.Lars(0.9, 0, 0))
        .hasMessage("expected a trustCoefficient above 0, got 0.0");
    assertThatThrownBy(() -> new Optimizer.Lars(0.9, 0.001, -1))
        .hasMessage("expected an epsilon of at least 0, got -1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unstructured", "2:4", "1:64", "filters", "channels/l1", "4x4", "64x64"})
  void aPatternIsWhatItsTextSays(String text) {
    assertThat(Pattern.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2:2", "0:4", "2:65", "1x1", "4x5", "filters/l3", "2:4/l1", "4X4"})
  void whatIsNoPatternIsRefused(String text) {
    assertThatThrownBy(() -> Pattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected ");
  }

  @Test
  void aPatternByGroupsDecidesAlone() {
    Pattern groups = new Pattern.NOfM(1, 4);
    TrainingPoint start = TrainingPoint.START;
    Recipe recipe = new Recipe(Criterion.MAGNITUDE, Scope.UNIFORM, 0.75, start, groups);

    assertThatThrownBy(() -> new Pruning(recipe, 2)).hasMessageStartingWith("expected 1 round");
    assertThatThrownBy(() -> new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.5, start, groups))
        .hasMessageStartingWith("expected the fraction 0.75");
    assertThatThrownBy(() -> new Recipe(Criterion.MAGNITUDE, Scope.ERK, 0.75, start, groups))
        .hasMessageStartingWith("expected the scope global or uniform");
  }

  @Test
  void milestonesBelongToTheStepsAlone() {
    assertThatThrownBy(() -> training(List.of(TrainingPoint.epochs(1)), 0, 1))
        .hasMessage("expected no milestones with the schedule cosine, got [1ep]");
  }

  @Test
  void smoothingAndClippingOutsideTheirRangesAreRefused() {
    assertThatThrownBy(() -> training(List.of(), 1.5, 1))
        .hasMessage("expected a label smoothing of 0 to 1, got 1.5");
    assertThatThrownBy(() -> training(List.of(), 0, 0))
        .hasMessage("expected a clip norm above 0, got 0.0");
  }

  private static Training training(List<TrainingPoint> milestones, double smoothing, double norm) {
    return new Training(
        2,
        16,
        Optimizer.STANDARD,
        0.1,
        milestones,
        0.1,
        0,
        TrainingPoint.START,
        Augmentation.STANDARD,
        RateSchedule.COSINE,
        smoothing,
        OptionalDouble.of(norm));
  }

  @ParameterizedTest
  @CsvSource({"0.2, 10, 2", "0.2, 11, 2", "0.2, 4, 0", "0.5, 77, 38", "0.999, 1000, 999"})
  void aRoundRemovesTheFloorOfItsFraction(double fraction, long remaining, long removed) {
    assertThat(Examples.recipe(fraction).removed(remaining)).isEqualTo(removed);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void aFractionOutsideItsRangeIsRefused(double fraction) {
    assertThatThrownBy(() -> Examples.recipe(fraction))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0 and below 1, got " + fraction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:", "md5:00", "sha256:xyz", "00"})
  void whatIsNoDigestIsRefused(String text) {
    assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDigestPrintsAsItWasWritten() {
    Digest digest = Digest.of(new byte[0]);

    assertThat(digest)
        .hasToString("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
  }

  @Test
  void anUntrainedNetworkHasNowhereToRewindToButItsBeginning() {
    TrainingPoint later = TrainingPoint.epochs(1);
    assertThatThrownBy(() -> untrained(later, Pattern.UNSTRUCTURED, 8))
        .hasMessageContaining("expected to rewind to 0it")
        .hasMessageContaining("got 1ep");
    assertThat(untrained(TrainingPoint.START, Pattern.UNSTRUCTURED, 8).batches()).isEqualTo(8);
  }

  @Test
  void worthWithASignHasNoNorm() {
    Pattern filters = new Pattern.Filters(Norm.L2);
    assertThatThrownBy(() -> untrained(TrainingPoint.START, filters, 8))
        .hasMessageContaining("with grasp")
        .hasMessageContaining("got filters");
  }

  @Test
  void aCriterionSeesSomeBatches() {
    assertThatThrownBy(() -> untrained(TrainingPoint.START, Pattern.UNSTRUCTURED, 0))
        .hasMessageContaining("expected 1 to 10000 batches, got 0");
  }

  @Test
  void slimmingKnowsFiltersAlone() {
    TrainingPoint start = TrainingPoint.START;
    assertThatThrownBy(() -> new Recipe(Criterion.SLIMMING, Scope.GLOBAL, 0.5, start))
        .hasMessage(
            "expected filters with slimming, which knows no single weight, got unstructured");
  }

  @Test
  void aCutHasSomeStepsAndPrunesSomeConvolutions() {
    assertThatThrownBy(() -> inSteps(0, OptionalInt.empty()))
        .hasMessage("expected 1 to 1000 steps, got 0");
    assertThatThrownBy(() -> inSteps(1, OptionalInt.of(0)))
        .hasMessage("expected 1 to 1000 convolutions, got 0");
  }

  @Test
  void aGradualScheduleIsCubic() {
    assertThat(PruningSchedule.Cubic.sparsity(0.8, 0, 4)).isZero();
    assertThat(PruningSchedule.Cubic.sparsity(0.8, 1, 4)).isEqualTo(0.8 - 0.8 * 27 / 64);
    assertThat(PruningSchedule.Cubic.sparsity(0.8, 4, 4)).isEqualTo(0.8);
    assertThatThrownBy(() -> new PruningSchedule.Cubic(0, 0.5))
        .hasMessageContaining("got 0 and 0.5");
    assertThatThrownBy(() -> new PruningSchedule.Cubic(1, 1)).hasMessageContaining("got 1 and 1.0");
  }

  @Test
  void roundsRemoveOneAfterTheOther() {
    Recipe recipe = Examples.recipe(0.5);

    assertThat(recipe.removed(100, 0)).isZero();
    assertThat(recipe.removed(101, 1)).isEqualTo(50);
    assertThat(recipe.removed(101, 2)).isEqualTo(75);
  }

  @Test
  void whatCutsInTrainingIsSuited() {
    PruningSchedule cubic = new PruningSchedule.Cubic(100, 0.75);
    PruningSchedule through = new PruningSchedule.StraightThrough(2e-4);
    assertThatThrownBy(() -> scheduled(Criterion.MAGNITUDE, Retraining.RATE, cubic))
        .hasMessage("expected retrain rewind where no training follows, got rate");
    assertThatThrownBy(() -> scheduled(Criterion.MAGNITUDE, Retraining.REWIND, through))
        .hasMessage("expected a pattern n:m with straight-through, got unstructured");
    assertThatThrownBy(
            () -> scheduled(Criterion.MOVEMENT, Retraining.REWIND, PruningSchedule.ROUNDS))
        .hasMessageStartingWith("expected the schedule cubic with movement");
    assertThat(scheduled(Criterion.MOVEMENT, Retraining.REWIND, cubic).schedule()).isEqualTo(cubic);
  }

  private static Recipe scheduled(
      Criterion criterion, Retraining retrain, PruningSchedule schedule) {
    return new Recipe(
        criterion,
        Scope.GLOBAL,
        0.5,
        TrainingPoint.START,
        Pattern.UNSTRUCTURED,
        Moment.TRAINED,
        Recipe.BATCHES,
        1,
        OptionalInt.empty(),
        retrain,
        schedule);
  }

  private static Recipe inSteps(int steps, OptionalInt depth) {
    return new Recipe(
        Criterion.SYNFLOW,
        Scope.GLOBAL,
        0.5,
        TrainingPoint.START,
        Pattern.UNSTRUCTURED,
        Moment.UNTRAINED,
        Recipe.BATCHES,
        steps,
        depth,
        Retraining.REWIND,
        PruningSchedule.ROUNDS);
  }

  private static Recipe untrained(TrainingPoint rewind, Pattern pattern, int batches) {
    return new Recipe(
        Criterion.GRASP, Scope.GLOBAL, 0.5, rewind, pattern, Moment.UNTRAINED, batches);
  }
}
