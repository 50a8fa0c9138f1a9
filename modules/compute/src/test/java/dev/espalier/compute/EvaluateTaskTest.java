package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;
import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Size;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateTaskTest {
  private static final TaskId LABELS = Tasks.id("labels");
  private static final TaskId ROTATION = Tasks.id("rotation");
  private static final TaskId JUDGED = Tasks.id("judged");
  private static final MemoryArtifacts ARTIFACTS = new MemoryArtifacts();
  private static final Workbench WORKBENCH =
      new Workbench(WorkbenchSettings.standard(Map.of()), ARTIFACTS, InstantSource.system());

  private static Map<TaskId, Result.Pruned> parents = Map.of();

  @BeforeAll
  static void findMasks() {
    parents =
        Map.of(
            LABELS, prune(LABELS, Objective.LABELS), ROTATION, prune(ROTATION, Objective.ROTATION));
  }

  private static Result.Pruned prune(TaskId id, Objective objective) {
    Ending ending =
        WORKBENCH.run(id, Tasks.round0(objective), Map.of(), Optional.empty(), Notes.patient());
    return (Result.Pruned) ((Ending.Done) ending).result();
  }

  private static MaskSummary maskOf(TaskId found) {
    return Objects.requireNonNull(parents.get(found)).mask();
  }

  private static EvaluateTask task(
      Evaluation evaluation, Optional<TaskId> mask, Optional<TaskId> weights) {
    return new EvaluateTask(Tasks.setting(1), evaluation, mask, weights);
  }

  private static Ending run(EvaluateTask task, Observer observer) {
    return WORKBENCH.run(JUDGED, task, parents, Optional.empty(), observer);
  }

  private static Ending.Done judged(EvaluateTask task) {
    return (Ending.Done) run(task, Notes.patient());
  }

  private static Result.Evaluated result(EvaluateTask task) {
    return (Result.Evaluated) judged(task).result();
  }

  @Test
  void aTicketTrainsFromTheStepThatItsWeightsWereKeptAt() {
    Notes notes = Notes.patient();
    Ending.Done done =
        (Ending.Done) run(task(Evaluation.TICKET, Optional.of(LABELS), Optional.of(LABELS)), notes);

    assertThat(done.cost().images()).isEqualTo((Tasks.STEPS - 3) * 16);
    assertThat(notes.trained).isEqualTo(done.cost().images());
    assertThat(notes.samples.lastEntry().getKey()).isEqualTo(8);
    assertThat(notes.samples.lastEntry().getValue()).containsEntry("violations", 0.0);
    assertThat(notes.samples.lastEntry().getValue().get("density")).isCloseTo(0.5, within(1e-4));
  }

  @Test
  void aTicketFoundWithoutLabelsGetsANewHead() {
    Result.Evaluated result =
        result(task(Evaluation.TICKET, Optional.of(ROTATION), Optional.of(ROTATION)));

    assertThat(result.kept()).isEqualTo(maskOf(ROTATION).kept());
    assertThat(result.total()).isEqualTo(maskOf(ROTATION).total());
    // Ten classes, all of them possible: a head of four could not lose so little by guessing.
    assertThat(result.score().loss()).isBetween(1.0, 6.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reinit", "random"})
  void freshWeightsTrainFromTheBeginning(String protocol) {
    Evaluation evaluation = Evaluation.parse(protocol);
    Ending.Done done = judged(task(evaluation, Optional.of(LABELS), Optional.empty()));

    assertThat(done.cost().images()).isEqualTo(Tasks.STEPS * 16);
    assertThat(((Result.Evaluated) done.result()).kept()).isEqualTo(maskOf(LABELS).kept());
  }

  @Test
  void theRandomControlIsAnotherNetworkThanTheReinitialisedOne() {
    Result.Evaluated reinit =
        result(task(Evaluation.REINIT, Optional.of(LABELS), Optional.empty()));
    Result.Evaluated random =
        result(task(Evaluation.RANDOM, Optional.of(LABELS), Optional.empty()));

    assertThat(random.score()).isNotEqualTo(reinit.score());
  }

  @Test
  void withoutAMaskTheDenseNetworkIsJudged() {
    Result.Evaluated result = result(task(Evaluation.REINIT, Optional.empty(), Optional.empty()));

    assertThat(result.kept()).isEqualTo(result.total());
    assertThat(result.size().orElseThrow()).isEqualTo(result.size().orElseThrow().dense());
  }

  @Test
  void aPermutedMaskLeavesAsManyWeightsButOtherProducts() {
    Size reinit =
        result(task(Evaluation.REINIT, Optional.of(LABELS), Optional.empty())).size().orElseThrow();
    Size random =
        result(task(Evaluation.RANDOM, Optional.of(LABELS), Optional.empty())).size().orElseThrow();

    assertThat(random.kept()).isEqualTo(reinit.kept());
    assertThat(random.multiplyAddsKept()).isNotEqualTo(reinit.multiplyAddsKept());
    assertThat(random.speedUp()).isCloseTo(2, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProbeLearnsLabelsFromFrozenFeatures(boolean ofLabels) {
    TaskId found = ofLabels ? LABELS : ROTATION;

    Result.Evaluated dense = result(task(Evaluation.PROBE, Optional.empty(), Optional.of(found)));
    Result.Evaluated pruned =
        result(task(Evaluation.PROBE, Optional.of(found), Optional.of(found)));

    assertThat(dense.kept()).isEqualTo(dense.total());
    assertThat(pruned.kept()).isEqualTo(maskOf(found).kept());
    assertThat(pruned.score()).isNotEqualTo(dense.score());
    assertThat(result(task(Evaluation.PROBE, Optional.of(found), Optional.of(found))))
        .isEqualTo(pruned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"knn", "svm", "probe@layer2", "knn@layer1.0", "svm@conv1"})
  void frozenFeaturesAreJudgedInOtherWays(String protocol) {
    EvaluateTask task =
        task(Evaluation.parse(protocol), Optional.of(ROTATION), Optional.of(ROTATION));
    Result.Evaluated usual =
        result(task(Evaluation.PROBE, Optional.of(ROTATION), Optional.of(ROTATION)));

    Result.Evaluated result = result(task);

    assertThat(result.score()).isNotEqualTo(usual.score());
    assertThat(result.kept()).isEqualTo(usual.kept());
    assertThat(result(task)).isEqualTo(result);
  }

  @Test
  void aModuleThatIsNotThereIsRefused() {
    Evaluation evaluation = Evaluation.parse("probe@layer9");

    Ending ending = run(task(evaluation, Optional.empty(), Optional.of(LABELS)), Notes.patient());

    assertThat(((Ending.Wrong) ending).failure().message()).contains("layer9").contains("layer3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shuffled", "adjusted"})
  void controlsKeepAsManyWeightsAsTheMask(String protocol) {
    Evaluation evaluation = Evaluation.parse(protocol);
    Optional<TaskId> dense = protocol.equals("adjusted") ? Optional.of(LABELS) : Optional.empty();

    Ending.Done done = judged(task(evaluation, Optional.of(LABELS), dense));

    assertThat(((Result.Evaluated) done.result()).kept()).isEqualTo(maskOf(LABELS).kept());
    assertThat(done.cost().images()).isEqualTo(Tasks.STEPS * 16);
  }

  @Test
  void fineTuningGoesOnFromTrainedWeightsWithAsManyLabelsAsTold() {
    Ending.Done all =
        judged(task(Evaluation.parse("finetune"), Optional.of(LABELS), Optional.of(LABELS)));
    Ending.Done half =
        judged(task(Evaluation.parse("finetune@0.5"), Optional.of(LABELS), Optional.of(LABELS)));

    assertThat(all.cost().images()).isEqualTo(Tasks.STEPS * 16);
    assertThat(half.cost().images()).isEqualTo(Tasks.STEPS / 2 * 16);
    assertThat(((Result.Evaluated) all.result()).kept()).isEqualTo(maskOf(LABELS).kept());
  }

  @Test
  void aTransferTrainsOnOtherImagesUnderTheSameMask() {
    Setting here = Tasks.setting(1);
    DataSpec fewer = DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(32), OptionalInt.of(16));
    Setting there =
        new Setting(
            Datasets.pin(fewer, Map.of()),
            here.network(),
            here.seed(),
            here.training(),
            here.precision());

    Ending.Done done =
        judged(
            new EvaluateTask(
                there,
                Evaluation.parse("transfer@glyphs"),
                Optional.of(ROTATION),
                Optional.of(ROTATION)));

    assertThat(done.cost().images()).isEqualTo(2 * 32);
    assertThat(((Result.Evaluated) done.result()).kept()).isEqualTo(maskOf(ROTATION).kept());
  }

  @Test
  void instabilityIsMeasuredOnTheLineBetweenTwoCopies() {
    EvaluateTask task =
        task(Evaluation.parse("instability"), Optional.of(LABELS), Optional.of(LABELS));

    Ending.Done done = judged(task);
    Result.Evaluated result = (Result.Evaluated) done.result();
    Ending.Stopped stopped = (Ending.Stopped) run(task, Notes.stoppingAfter(7));
    Ending resumed = WORKBENCH.run(JUDGED, task, parents, stopped.checkpoint(), Notes.patient());

    assertThat(done.cost().images()).isEqualTo(2 * (Tasks.STEPS - 3) * 16);
    assertThat(result.line().orElseThrow()).hasSize(30);
    assertThat(result.instability().orElseThrow()).isBetween(0.0, 1.0);
    assertThat(result.score().accuracy()).isEqualTo(result.line().get().getLast());
    assertThat(((Ending.Done) resumed).result()).isEqualTo(result);
  }

  @Test
  void aStopIsHeardAndTheEvaluationGoesOnToTheSameBytes() {
    EvaluateTask task = task(Evaluation.TICKET, Optional.of(ROTATION), Optional.of(ROTATION));

    Ending.Stopped stopped = (Ending.Stopped) run(task, Notes.stoppingAfter(2));
    Ending resumed = WORKBENCH.run(JUDGED, task, parents, stopped.checkpoint(), Notes.patient());

    assertThat(((Ending.Done) resumed).result()).isEqualTo(result(task));
    EvaluateTask probe = task(Evaluation.PROBE, Optional.empty(), Optional.of(LABELS));
    assertThat(run(probe, Notes.stoppingAfter(0))).isEqualTo(new Ending.Stopped(Optional.empty()));
  }

  @Test
  void imagesThatAreNotHereAreMissing() {
    Setting setting = Tasks.setting(1);
    Setting elsewhere =
        new Setting(
            DataSpec.all(DataSpec.Name.CIFAR10).pinnedTo(Digest.of(new byte[0])),
            setting.network(),
            setting.seed(),
            setting.training(),
            setting.precision());

    Ending ending =
        run(
            new EvaluateTask(elsewhere, Evaluation.REINIT, Optional.empty(), Optional.empty()),
            Notes.patient());

    assertThat(ending)
        .isEqualTo(
            new Ending.Wrong(
                new Failure.DataMissing("expected a folder with the files of cifar10, got none")));
  }

  @Test
  void aRunThatGoesOnUnderAnotherProviderIsMarkedMixed() {
    EvaluateTask task = task(Evaluation.TICKET, Optional.of(LABELS), Optional.of(LABELS));
    Ending.Stopped stopped = (Ending.Stopped) run(task, Notes.stoppingAfter(3));
    WorkbenchSettings settings = new WorkbenchSettings("nd4j", 1, 1, Map.of(), Duration.ofHours(1));
    Workbench portable = new Workbench(settings, ARTIFACTS, InstantSource.system());

    Ending ending = portable.run(JUDGED, task, parents, stopped.checkpoint(), Notes.patient());

    assertThat(((Ending.Done) ending).numerics().provider()).isEqualTo("nd4j");
    assertThat(((Ending.Done) ending).numerics().mixed()).isTrue();
    assertThat(judged(task).numerics().mixed()).isFalse();
  }

  @Test
  void aMachineThatIsTooSmallSaysSo() {
    Workbench small =
        new Workbench(
            WorkbenchSettings.standard(Map.of()),
            new Provider() {
              @Override
              public String name() {
                return "small";
              }

              @Override
              public Plan compile(
                  Architecture architecture,
                  Parameters parameters,
                  int batch,
                  Precision precision) {
                throw new OutOfMemoryError("no room for a batch of " + batch);
              }
            },
            ARTIFACTS,
            InstantSource.system());

    Ending ending =
        small.run(
            JUDGED,
            task(Evaluation.REINIT, Optional.empty(), Optional.empty()),
            Map.of(),
            Optional.empty(),
            Notes.patient());

    assertThat(((Ending.Wrong) ending).failure())
        .isEqualTo(
            new Failure.OutOfMemory(
                "expected enough memory for resnet8 on small, got no room for a batch of 16 (task "
                    + JUDGED
                    + ")"));
  }
}
