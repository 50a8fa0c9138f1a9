package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Exam;
import dev.espalier.compute.train.Lesson;
import dev.espalier.compute.train.WeightsFile;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Cut;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PruneTaskTest {
  static Stream<Objective> objectives() {
    return Stream.of(Objective.LABELS, Objective.ROTATION);
  }

  static Stream<Arguments> stops() {
    return Stream.of(
        Arguments.of(Objective.LABELS, 1),
        Arguments.of(Objective.LABELS, 3),
        Arguments.of(Objective.LABELS, 5),
        Arguments.of(Objective.ROTATION, 2),
        Arguments.of(Objective.ROTATION, 7));
  }

  private static final TaskId ROUND0 = Tasks.id("round 0");
  private static final TaskId ROUND1 = Tasks.id("round 1");

  private final MemoryArtifacts artifacts = new MemoryArtifacts();

  private Workbench workbench(Duration checkpointEvery) {
    WorkbenchSettings settings =
        new WorkbenchSettings(Providers.DEFAULT, 1, 1, Map.of(), checkpointEvery);
    return new Workbench(settings, artifacts, InstantSource.system());
  }

  private Ending run(TaskId id, Task task, Map<TaskId, Result.Pruned> parents) {
    return workbench(Duration.ofHours(1)).run(id, task, parents, Optional.empty(), Notes.patient());
  }

  private Result.Pruned pruned(TaskId id, Task task, Map<TaskId, Result.Pruned> parents) {
    Ending ending = run(id, task, parents);
    assertThat(ending).isInstanceOf(Ending.Done.class);
    return (Result.Pruned) ((Ending.Done) ending).result();
  }

  private Mask mask(Result.Pruned result) {
    return Mask.parse(artifacts.get(result.mask().digest()).orElseThrow());
  }

  private WeightsFile weights(Digest digest) {
    return WeightsFile.parse(artifacts.get(digest).orElseThrow());
  }

  private float[] flat(WeightsFile file, Buffer buffer) {
    int answers = file.objective().equals("labels") ? 10 : 4;
    try (Parameters parameters =
        Parameters.float32(Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), answers))) {
      file.copyTo(parameters);
      return parameters.floats(buffer);
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void theFirstRoundTrainsTheDenseNetworkAndKeepsWkAndTheCut(Objective objective) {
    Result.Pruned result = pruned(ROUND0, Tasks.round0(objective), Map.of());

    long total = result.mask().total();
    assertThat(result.mask().kept()).isEqualTo(total - total / 2);
    assertThat(result.mask().parent()).isEmpty();
    assertThat(mask(result).digest()).isEqualTo(result.mask().digest());
    assertThat(weights(result.rewind()).step()).isEqualTo(3);
    assertThat(weights(result.rewind()).objective()).isEqualTo(objective.toString());
    assertThat(weights(result.trained()).step()).isEqualTo(Tasks.STEPS);
    assertThat(result.score().accuracy()).isBetween(0.0, 1.0);
    assertThat(result.score().loss()).isBetween(0.1, 10.0);
  }

  @Test
  void theNetworkIsLookedAtAsItWasCut() {
    PruneTask task = Tasks.round0(Objective.LABELS);
    Result.Pruned result = pruned(ROUND0, task, Map.of());

    Cut cut = result.cut().orElseThrow();
    Reading reading =
        new Reading(
            Datasets.open(Tasks.DATA, Map.of()), task.setting().training().augmentation(), 1, 1);
    Lesson lesson = new Lesson(reading, Objective.LABELS, task.setting().training());
    try (Apparatus apparatus =
            Apparatus.open(Providers.named(Providers.DEFAULT, 1), lesson, task.setting());
        Crew crew = Crew.of(1)) {
      weights(result.trained()).copyTo(apparatus.parameters());
      apparatus.putUnder(mask(result), crew);
      assertThat(cut.score()).isEqualTo(Exam.of(lesson, apparatus.plan()));
      assertThat(cut.size()).isEqualTo(apparatus.size());
    }
    assertThat(cut.score()).isNotEqualTo(result.score());
    assertThat(cut.size().parameters() - cut.size().kept())
        .isEqualTo(result.mask().total() - result.mask().kept());
    assertThat(cut.size().multiplyAddsKept()).isLessThan(cut.size().multiplyAdds());
    assertThat(cut.zeros()).isZero();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void laterRoundsTrainWhatTheMaskLeavesAndCutDeeper(Objective objective) {
    Result.Pruned first = pruned(ROUND0, Tasks.round0(objective), Map.of());

    Result.Pruned second = pruned(ROUND1, Tasks.round1(objective), Map.of(ROUND0, first));

    assertThat(second.mask().kept()).isEqualTo(first.mask().kept() - first.mask().kept() / 2);
    assertThat(second.mask().parent()).contains(first.mask().digest());
    assertThat(second.rewind()).isEqualTo(first.rewind());
    assertThat(mask(second).isWithin(mask(first))).isTrue();
    float[] trained = flat(weights(second.trained()), Buffer.WEIGHTS);
    try (Parameters parameters =
        Parameters.float32(Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10))) {
      FlatMask flat = FlatMask.of(parameters.slots(), mask(first));
      if (objective.equals(Objective.LABELS)) {
        parameters.set(Buffer.WEIGHTS, trained);
        assertThat(flat.violations(parameters.segment(Buffer.WEIGHTS))).isZero();
      }
    }
    int zeros = 0;
    for (float weight : trained) {
      zeros += weight == 0 ? 1 : 0;
    }
    assertThat(zeros).isGreaterThanOrEqualTo((int) (first.mask().total() / 2));
  }

  @Test
  void anUntrainedNetworkIsPrunedAsItWasDrawn() {
    Recipe recipe =
        new Recipe(
            Criterion.SNIP,
            Scope.GLOBAL,
            0.5,
            TrainingPoint.START,
            Pattern.UNSTRUCTURED,
            Moment.UNTRAINED,
            2);
    PruneTask round0 =
        new PruneTask(Tasks.setting(1), Objective.ROTATION, recipe, 0, Optional.empty());
    PruneTask round1 =
        new PruneTask(Tasks.setting(1), Objective.ROTATION, recipe, 1, Optional.of(ROUND0));

    Result.Pruned first = pruned(ROUND0, round0, Map.of());
    Result.Pruned second = pruned(ROUND1, round1, Map.of(ROUND0, first));

    assertThat(first.mask().kept()).isEqualTo(first.mask().total() - first.mask().total() / 2);
    assertThat(second.mask().kept()).isEqualTo(first.mask().kept() - first.mask().kept() / 2);
    assertThat(mask(second).isWithin(mask(first))).isTrue();
    assertThat(second.rewind()).isEqualTo(first.rewind());
    assertThat(first.trained()).isEqualTo(first.rewind());
    assertThat(weights(first.rewind()).step()).isZero();
    assertThat(pruned(ROUND0, round0, Map.of()).mask()).isEqualTo(first.mask());
  }

  @Test
  void samplesCarryLossRateScoresAndNoViolations() {
    Notes notes = Notes.patient();

    workbench(Duration.ofHours(1))
        .run(ROUND0, Tasks.round0(Objective.LABELS), Map.of(), Optional.empty(), notes);

    assertThat(notes.samples).containsOnlyKeys(4L, 8L);
    assertThat(notes.samples.get(4L))
        .containsOnlyKeys(
            "train_loss", "learning_rate", "test_accuracy", "test_loss", "density", "violations")
        .containsEntry("violations", 0.0)
        .containsEntry("density", 1.0)
        .containsEntry("learning_rate", 0.05);
  }

  @ParameterizedTest
  @MethodSource("stops")
  void aRunThatIsStoppedAgainAndAgainEndsInTheSameBytes(Objective objective, int steps) {
    PruneTask task = Tasks.round0(objective);
    Ending.Done calm = (Ending.Done) run(ROUND0, task, Map.of());

    Ending ending = new Ending.Stopped(Optional.empty());
    int attempts = 0;
    while (ending instanceof Ending.Stopped(Optional<Digest> checkpoint)) {
      ending =
          workbench(Duration.ofHours(1))
              .run(ROUND0, task, Map.of(), checkpoint, Notes.stoppingAfter(steps));
      attempts++;
    }

    assertThat(attempts).isGreaterThan(1);
    assertThat(((Ending.Done) ending).result()).isEqualTo(calm.result());
    assertThat(((Ending.Done) ending).numerics()).isEqualTo(calm.numerics());
    assertThat(((Ending.Done) ending).cost())
        .extracting(Cost::images)
        .isEqualTo(calm.cost().images());
  }

  @Test
  void aLaterRoundResumesToTheSameBytes() {
    Result.Pruned first = pruned(ROUND0, Tasks.round0(Objective.LABELS), Map.of());
    PruneTask task = Tasks.round1(Objective.LABELS);
    Map<TaskId, Result.Pruned> parents = Map.of(ROUND0, first);
    Notes stopping = Notes.stoppingAfter(2);

    Ending stopped =
        workbench(Duration.ofHours(1)).run(ROUND1, task, parents, Optional.empty(), stopping);
    Ending resumed =
        workbench(Duration.ofHours(1))
            .run(ROUND1, task, parents, ((Ending.Stopped) stopped).checkpoint(), Notes.patient());

    assertThat(((Ending.Done) resumed).result()).isEqualTo(pruned(ROUND1, task, parents));
  }

  @Test
  void aKilledRunGoesOnFromItsNewestCheckpointToTheSameSamples() {
    PruneTask task = Tasks.round0(Objective.LABELS);
    Notes calm = Notes.patient();
    Workbench careful = workbench(Duration.ZERO);
    careful.run(ROUND0, task, Map.of(), Optional.empty(), calm);
    Notes unheard = Notes.unheard();
    careful.run(ROUND0, task, Map.of(), Optional.empty(), unheard);
    Digest middle = unheard.checkpoints.get(4);

    Notes resumed = Notes.patient();
    Ending ending = careful.run(ROUND0, task, Map.of(), Optional.of(middle), resumed);

    assertThat(ending).isInstanceOf(Ending.Done.class);
    assertThat(resumed.samples).isEqualTo(calm.samples.tailMap(5L));
  }

  @Test
  void aCheckpointGoesOnlyWhenEverybodyKnowsTheNext() {
    PruneTask task = Tasks.round0(Objective.LABELS);
    Notes unheard = Notes.unheard();
    workbench(Duration.ZERO).run(ROUND0, task, Map.of(), Optional.empty(), unheard);
    assertThat(artifacts.digests()).containsAll(unheard.checkpoints);

    Notes heard = Notes.patient();
    workbench(Duration.ZERO).run(ROUND0, task, Map.of(), Optional.empty(), heard);

    Digest newest = heard.checkpoints.removeLast();
    assertThat(artifacts.digests()).contains(newest).doesNotContainAnyElementsOf(heard.checkpoints);
  }

  @Test
  void aCheckpointThatIsGoneMeansBeginningAnew() {
    PruneTask task = Tasks.round0(Objective.LABELS);

    Ending ending =
        workbench(Duration.ofHours(1))
            .run(ROUND0, task, Map.of(), Optional.of(Digest.of(new byte[1])), Notes.patient());

    assertThat(((Ending.Done) ending).result()).isEqualTo(pruned(ROUND0, task, Map.of()));
  }

  @Test
  void aCheckpointThatIsNoneMeansBeginningAnewToo() {
    PruneTask task = Tasks.round0(Objective.LABELS);
    Digest none = artifacts.put("no checkpoint".getBytes(StandardCharsets.UTF_8));

    Ending ending =
        workbench(Duration.ofHours(1))
            .run(ROUND0, task, Map.of(), Optional.of(none), Notes.patient());

    assertThat(((Ending.Done) ending).result()).isEqualTo(pruned(ROUND0, task, Map.of()));
  }

  @Test
  void twoTasksSideBySideEndAsTheyDoAlone() {
    Result.Pruned labels = pruned(ROUND0, Tasks.round0(Objective.LABELS), Map.of());
    Result.Pruned rotation = pruned(ROUND1, Tasks.round0(Objective.ROTATION), Map.of());

    CompletableFuture<Result.Pruned> left =
        CompletableFuture.supplyAsync(
            () -> pruned(ROUND0, Tasks.round0(Objective.LABELS), Map.of()));
    CompletableFuture<Result.Pruned> right =
        CompletableFuture.supplyAsync(
            () -> pruned(ROUND1, Tasks.round0(Objective.ROTATION), Map.of()));

    assertThat(left.join()).isEqualTo(labels);
    assertThat(right.join()).isEqualTo(rotation);
  }

  @Test
  void aRewindPointAfterTrainingIsBadInput() {
    PruneTask task =
        new PruneTask(Tasks.setting(1), Objective.LABELS, Tasks.recipe(8), 0, Optional.empty());

    assertThat(run(ROUND0, task, Map.of()))
        .isEqualTo(
            new Ending.Wrong(
                new Failure.BadInput(
                    "expected a rewind point before the end of training at step 8, got step 8")));
  }

  @Test
  void aBatchLargerThanTheTrainingSetIsBadInput() {
    PruneTask task =
        new PruneTask(
            Tasks.setting(1, 73, 0.1), Objective.LABELS, Tasks.recipe(0), 0, Optional.empty());

    assertThat(run(ROUND0, task, Map.of()))
        .isEqualTo(
            new Ending.Wrong(
                new Failure.BadInput(
                    "expected a batch of at most the 72 training images, got 73")));
  }

  @Test
  void aLossThatIsNoNumberIsDivergence() {
    PruneTask task =
        new PruneTask(
            Tasks.setting(1, 16, 1e30), Objective.LABELS, Tasks.recipe(0), 0, Optional.empty());

    Ending ending = run(ROUND0, task, Map.of());

    assertThat(((Ending.Wrong) ending).failure()).isInstanceOf(Failure.Diverged.class);
    assertThat(((Ending.Wrong) ending).failure().message())
        .startsWith("expected a finite loss, got ");
  }

  @Test
  void aMaskThatIsGoneIsSaidByName() {
    Result.Pruned first = pruned(ROUND0, Tasks.round0(Objective.LABELS), Map.of());
    artifacts.delete(first.mask().digest());

    Ending ending = run(ROUND1, Tasks.round1(Objective.LABELS), Map.of(ROUND0, first));

    assertThat(((Ending.Wrong) ending).failure()).isInstanceOf(Failure.ArtifactMissing.class);
    assertThat(((Ending.Wrong) ending).failure().message())
        .startsWith("expected the mask " + first.mask().digest() + " in the store, got nothing");
  }

  @Test
  void aRemovedWeightThatReturnsFailsTheTask() {
    Result.Pruned first = pruned(ROUND0, Tasks.round0(Objective.LABELS), Map.of());
    WorkbenchSettings settings =
        new WorkbenchSettings(Providers.DEFAULT, 1, 1, Map.of(), Duration.ofHours(1));
    Workbench leaky =
        new Workbench(
            settings,
            new LeakyProvider(Providers.named(Providers.DEFAULT, 1)),
            artifacts,
            InstantSource.system());
    Notes notes = Notes.patient();

    Ending ending =
        leaky.run(
            ROUND1, Tasks.round1(Objective.LABELS), Map.of(ROUND0, first), Optional.empty(), notes);

    assertThat(((Ending.Wrong) ending).failure()).isInstanceOf(Failure.MaskViolated.class);
    assertThat(notes.samples.firstEntry().getValue().get("violations")).isPositive();
  }
}
