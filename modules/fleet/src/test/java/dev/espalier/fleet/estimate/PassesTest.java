package dev.espalier.fleet.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Labelled;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.CutTask;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.ScoreTask;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.Samples;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PassesTest {
  /** 2 epochs of 10 steps of 64 of 650 images; an exam of 30 images counts 10. */
  private static final Setting SETTING =
      new Setting(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(650), OptionalInt.of(30))
              .pinnedTo(Samples.digest("glyphs")),
          KnownNetwork.RESNET8,
          1,
          new Training(
              2,
              64,
              Optimizer.STANDARD,
              0.1,
              List.of(),
              0.1,
              0,
              TrainingPoint.START,
              Augmentation.STANDARD),
          Precision.FLOAT32);

  private static final Offset<Double> PRECISELY = within(1e-6);
  private static final TaskId PARENT = new TaskId(Samples.digest("parent"));

  static Stream<Arguments> rounds() {
    Objective tenth = new Objective.Labels(new Labelled(0.1, Labelled.Of.IMAGES));
    Objective views = new Objective.Npid(0, 0.1, 16);
    return Stream.of(
        Arguments.of("twenty steps, two exams, one of the cut", Objective.LABELS, 0, 1280 + 30),
        Arguments.of("four copies in all", Objective.ROTATION, 0, 4 * (1280 + 30)),
        Arguments.of("half of it after the rewind point", Objective.LABELS, 1, 640 + 20),
        Arguments.of("a step an epoch", tenth, 0, 128 + 30),
        Arguments.of("tests in pairs", views, 0, 1280 + 2 * 30));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rounds")
  void aRoundPassesWhatItTrainsOn(String why, Objective objective, int round, double passes) {
    Recipe recipe = recipe(Criterion.MAGNITUDE, Moment.TRAINED, TrainingPoint.epochs(1));

    assertThat(Passes.of(round(objective, recipe, round))).as(why).isCloseTo(passes, PRECISELY);
  }

  @ParameterizedTest
  @CsvSource({"MAGNITUDE, 20", "SYNFLOW, 20", "SNIP, 532"}) // 8 batches of 64
  void anUntrainedNetworkIsLookedAtAlone(Criterion criterion, double passes) {
    Recipe recipe = recipe(criterion, Moment.UNTRAINED, TrainingPoint.START);

    assertThat(Passes.of(round(Objective.LABELS, recipe, 0))).isCloseTo(passes, PRECISELY);
    assertThat(Passes.of(round(Objective.LABELS, recipe, 1))).isCloseTo(passes, PRECISELY);
  }

  @Test
  void aScoreThatIsSharedOutIsPassedByItsSharesAndLookedAtByItsCut() {
    Recipe shared = sharedByThree();
    List<TaskId> scores = List.of(PARENT, PARENT, PARENT);
    Task cut = new CutTask(SETTING, Objective.ROTATION, shared, 0, PARENT, scores);

    assertThat(Passes.of(round(Objective.ROTATION, shared, 0)))
        .isCloseTo(4 * (1280 + 20), PRECISELY);
    assertThat(Stream.of(0, 1, 2).map(shard -> Passes.of(share(shared, shard))))
        .containsExactly(2 * 256.0, 3 * 256.0, 3 * 256.0);
    assertThat(Passes.of(cut)).isCloseTo(40, PRECISELY);
  }

  private static Task share(Recipe shared, int shard) {
    return new ScoreTask(SETTING, Objective.ROTATION, shared, PARENT, shard);
  }

  private static Recipe sharedByThree() {
    return new Recipe(
        Criterion.SNIP,
        Scope.GLOBAL,
        0.5,
        TrainingPoint.epochs(1),
        Pattern.UNSTRUCTURED,
        Moment.TRAINED,
        Recipe.BATCHES,
        1,
        OptionalInt.empty(),
        Retraining.REWIND,
        PruningSchedule.ROUNDS,
        3);
  }

  @ParameterizedTest
  @CsvSource({
    "ticket, 1300",
    "random, 1300",
    "finetune@0.1, 148",
    "instability, 2900", // twice, and 30 exams
    "probe, 226.666667", // 680 images forward
    "knn@layer2, 226.666667",
    "svm, 226.666667"
  })
  void anEvaluationPassesWhatItsProtocolTrainsOn(String evaluation, double passes) {
    assertThat(Passes.of(evaluate(Evaluation.parse(evaluation)))).isCloseTo(passes, PRECISELY);
  }

  private static Recipe recipe(Criterion criterion, Moment moment, TrainingPoint rewind) {
    return new Recipe(
        criterion, Scope.GLOBAL, 0.5, rewind, Pattern.UNSTRUCTURED, moment, Recipe.BATCHES);
  }

  private static Task round(Objective objective, Recipe recipe, int round) {
    Optional<TaskId> parent = round == 0 ? Optional.empty() : Optional.of(PARENT);
    return new PruneTask(SETTING, objective, recipe, round, parent);
  }

  private static Task evaluate(Evaluation evaluation) {
    boolean fresh = evaluation.protocol().weights() == Protocol.Weights.FRESH;
    Optional<TaskId> weights = fresh ? Optional.empty() : Optional.of(PARENT);
    return new EvaluateTask(SETTING, evaluation, Optional.of(PARENT), weights);
  }
}
