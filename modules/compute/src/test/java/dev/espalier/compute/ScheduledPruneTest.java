package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.train.WeightsFile;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Retraining;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Levels that are not reached round by round, and networks that are not rewound. */
class ScheduledPruneTest {
  private static final TaskId ROUND0 = Tasks.id("round 0");
  private static final TaskId LATER = Tasks.id("later");
  private static final PruningSchedule ONCE = new PruningSchedule.Once();
  private static final PruningSchedule EVERY_STEP = new PruningSchedule.Cubic(1, 0.75);

  private final MemoryArtifacts artifacts = new MemoryArtifacts();

  private static Recipe recipe(
      Criterion criterion, Pattern pattern, Retraining retrain, PruningSchedule schedule) {
    return new Recipe(
        criterion,
        Scope.GLOBAL,
        0.5,
        TrainingPoint.iterations(1),
        pattern,
        Moment.TRAINED,
        1,
        1,
        OptionalInt.empty(),
        retrain,
        schedule);
  }

  private static Recipe recipe(Criterion criterion, PruningSchedule schedule) {
    return recipe(criterion, Pattern.UNSTRUCTURED, Retraining.REWIND, schedule);
  }

  static Stream<Recipe> inTraining() {
    return Stream.of(
        recipe(Criterion.MAGNITUDE, EVERY_STEP),
        recipe(Criterion.SNIP, EVERY_STEP),
        recipe(Criterion.MOVEMENT, EVERY_STEP),
        recipe(Criterion.MOVEMENT, new PruningSchedule.Cubic(2, 0.9)),
        recipe(
            Criterion.MAGNITUDE,
            new Pattern.NOfM(2, 4),
            Retraining.REWIND,
            new PruningSchedule.StraightThrough(2e-4)));
  }

  private static PruneTask task(Recipe recipe, int round) {
    Optional<TaskId> parent = round == 0 ? Optional.empty() : Optional.of(ROUND0);
    return new PruneTask(Tasks.setting(1), Objective.LABELS, recipe, round, parent);
  }

  private Ending run(
      TaskId id,
      Task task,
      Map<TaskId, Result.Pruned> parents,
      Optional<Digest> left,
      Notes notes) {
    WorkbenchSettings settings =
        new WorkbenchSettings(Providers.DEFAULT, 1, 1, Map.of(), Duration.ofHours(1));
    return new Workbench(settings, artifacts, InstantSource.system())
        .run(id, task, parents, left, notes);
  }

  private Result.Pruned pruned(TaskId id, Task task, Map<TaskId, Result.Pruned> parents) {
    Ending ending = run(id, task, parents, Optional.empty(), Notes.patient());
    assertThat(ending).isInstanceOf(Ending.Done.class);
    return (Result.Pruned) ((Ending.Done) ending).result();
  }

  private Mask mask(Result.Pruned result) {
    return Mask.parse(artifacts.get(result.mask().digest()).orElseThrow());
  }

  @Test
  void atOnceEveryLevelIsCutFromTheDenseNetwork() {
    Recipe recipe = recipe(Criterion.MAGNITUDE, ONCE);
    Result.Pruned dense = pruned(ROUND0, task(recipe, 0), Map.of());

    Result.Pruned first = pruned(LATER, task(recipe, 1), Map.of(ROUND0, dense));
    Result.Pruned second = pruned(LATER, task(recipe, 2), Map.of(ROUND0, dense));

    long total = dense.mask().total();
    assertThat(dense.mask().kept()).isEqualTo(total);
    assertThat(first.mask().kept()).isEqualTo(total - recipe.removed(total, 1));
    assertThat(second.mask().kept()).isEqualTo(total - recipe.removed(total, 2));
    assertThat(mask(second).isWithin(mask(first))).isTrue();
    assertThat(second.rewind()).isEqualTo(dense.rewind());
    Recipe byRound = recipe(Criterion.MAGNITUDE, PruningSchedule.ROUNDS);
    assertThat(pruned(ROUND0, task(byRound, 0), Map.of()).mask().digest())
        .isEqualTo(first.mask().digest());
  }

  @ParameterizedTest
  @MethodSource("inTraining")
  void trainingThatIsStoppedAndResumedEndsInTheSameBytes(Recipe recipe) {
    Result.Pruned dense = pruned(ROUND0, task(recipe, 0), Map.of());
    Map<TaskId, Result.Pruned> parents = Map.of(ROUND0, dense);
    Result.Pruned calm = pruned(LATER, task(recipe, 1), parents);

    Ending ending = new Ending.Stopped(Optional.empty());
    while (ending instanceof Ending.Stopped(Optional<Digest> left)) {
      ending = run(LATER, task(recipe, 1), parents, left, Notes.stoppingAfter(3));
    }

    assertThat(((Ending.Done) ending).result()).isEqualTo(calm);
    assertThat(calm.rewind()).isEqualTo(dense.rewind());
    assertRemovedAreZero(calm);
  }

  private void assertRemovedAreZero(Result.Pruned result) {
    WeightsFile trained = WeightsFile.parse(artifacts.get(result.trained()).orElseThrow());
    try (var parameters =
        Parameters.float32(Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10))) {
      trained.copyTo(parameters);
      FlatMask flat = FlatMask.of(parameters.slots(), mask(result));
      assertThat(flat.violations(parameters.segment(Buffer.WEIGHTS))).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Criterion.class,
      names = {"MAGNITUDE", "MOVEMENT"})
  void aCubicTrainingEndsAtTheDensityOfItsLevel(Criterion criterion) {
    Recipe recipe = recipe(criterion, EVERY_STEP);
    Result.Pruned dense = pruned(ROUND0, task(recipe, 0), Map.of());
    Notes notes = Notes.patient();

    Ending ending = run(LATER, task(recipe, 2), Map.of(ROUND0, dense), Optional.empty(), notes);

    Result.Pruned level = (Result.Pruned) ((Ending.Done) ending).result();
    long total = level.mask().total();
    assertThat(level.mask().kept()).isEqualTo(total - recipe.removed(total, 2));
    // Of cuts before the steps 2 to 6, that before step 3 is behind at step 4.
    double sparsity = PruningSchedule.Cubic.sparsity(0.75, 1, 4);
    assertThat(notes.samples.firstEntry().getValue().get("density"))
        .isCloseTo(1 - sparsity, within(1e-3));
    assertThat(notes.samples.lastEntry().getValue().get("violations")).isZero();
  }

  @Test
  void straightThroughEndsWithExactlyNOfEveryM() {
    Recipe recipe =
        recipe(
            Criterion.MAGNITUDE,
            new Pattern.NOfM(2, 4),
            Retraining.REWIND,
            new PruningSchedule.StraightThrough(2e-4));
    Result.Pruned dense = pruned(ROUND0, task(recipe, 0), Map.of());

    Mask mask = mask(pruned(LATER, task(recipe, 1), Map.of(ROUND0, dense)));

    for (TensorMask tensor : mask.tensors()) {
      boolean grouped = tensor.shape().get(1) % 4 == 0;
      assertThat(tensor.count()).isEqualTo(grouped ? tensor.length() / 2 : tensor.length());
    }
  }

  @Test
  void aTrainingWithoutTimeToCutIsBadInput() {
    Recipe recipe = recipe(Criterion.MAGNITUDE, new PruningSchedule.Cubic(100, 0.75));
    Result.Pruned dense = pruned(ROUND0, task(recipe, 0), Map.of());

    Ending ending =
        run(LATER, task(recipe, 1), Map.of(ROUND0, dense), Optional.empty(), Notes.patient());

    assertThat(ending)
        .isEqualTo(
            new Ending.Wrong(
                new Failure.BadInput(
                    "expected at least 100 steps to cut in between steps 2 and 6")));
  }

  @Test
  void whatIsNotRewoundTrainsOnFromWhatItHas() {
    List<List<Double>> rates =
        Stream.of(Retraining.values()).map(this::ratesOfTheSecondRound).toList();

    assertThat(rates.get(0)).containsExactly(0.05, 0.05 * 0.1);
    assertThat(rates.get(1)).containsExactly(0.05, 0.05 * 0.1);
    assertThat(rates.get(2)).containsExactly(0.05 * 0.1, 0.05 * 0.1);
  }

  private List<Double> ratesOfTheSecondRound(Retraining retrain) {
    Recipe recipe = recipe(retrain);
    Result.Pruned first = pruned(ROUND0, task(recipe, 0), Map.of());
    Notes notes = Notes.patient();

    Ending ending = run(LATER, task(recipe, 1), Map.of(ROUND0, first), Optional.empty(), notes);

    Result.Pruned second = (Result.Pruned) ((Ending.Done) ending).result();
    assertThat(second.rewind()).isEqualTo(first.rewind());
    assertThat(notes.trained).isEqualTo(7 * 16);
    return notes.samples.values().stream().map(sample -> sample.get("learning_rate")).toList();
  }

  @Test
  void trainingOnIsRewindingToTheTrainedWeights() {
    Recipe on = recipe(Retraining.RATE);
    Recipe rewound = recipe(Retraining.REWIND);
    Result.Pruned first = pruned(ROUND0, task(on, 0), Map.of());
    Result.Pruned back =
        new Result.Pruned(
            first.score(), first.mask(), first.trained(), first.trained(), first.cut());

    Result.Pruned second = pruned(LATER, task(on, 1), Map.of(ROUND0, first));

    assertThat(second.trained())
        .isEqualTo(pruned(LATER, task(rewound, 1), Map.of(ROUND0, back)).trained())
        .isNotEqualTo(pruned(LATER, task(rewound, 1), Map.of(ROUND0, first)).trained());
  }

  private static Recipe recipe(Retraining retrain) {
    return recipe(Criterion.MAGNITUDE, Pattern.UNSTRUCTURED, retrain, PruningSchedule.ROUNDS);
  }
}
