package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.data.Datasets;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Jitter;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Moment;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.RateSchedule;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.ResizedCrop;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.TaskId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is learnt from views alone serves a linear classifier better than what was drawn. */
@Tag("long")
class FeaturesLearnedTest {
  private static final TaskId TRUNK = Tasks.id("trunk");
  private static final TaskId JUDGED = Tasks.id("judged");

  /** Colours and places say nothing of a glyph's shape, so views must not share them. */
  private static final Augmentation VIEWS =
      new Augmentation(
          false,
          0,
          Optional.of(new ResizedCrop(new Range(0.5, 1), new Range(0.8, 1.25))),
          OptionalDouble.of(15),
          Optional.of(new Jitter(0.6, 0.6, 0.6, 0.5, 1)),
          OptionalDouble.of(0.2),
          Optional.empty(),
          Optional.empty());

  private static final Training LONG =
      new Training(
          35,
          64,
          new Optimizer.Adam(0.9, 0.999, 1e-8),
          3e-3,
          List.of(),
          0.1,
          1e-4,
          TrainingPoint.epochs(1),
          VIEWS,
          RateSchedule.COSINE,
          0,
          OptionalDouble.empty());

  private final Workbench workbench =
      new Workbench(
          WorkbenchSettings.standard(Map.of()), new MemoryArtifacts(), InstantSource.system());

  static Stream<Objective> objectives() {
    return Stream.of(new Objective.Simclr(0.3, 64), new Objective.Swav(40, 0.1, 0.05, 64, 0, 20));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void aProbeOfWhatIsLearntIsFifteenPointsAboveOneOfARandomTrunk(Objective objective) {
    double random = probed(objective, recipe(Moment.UNTRAINED));
    double learnt = probed(objective, recipe(Moment.TRAINED));

    assertThat(learnt).as("a random trunk gives %s", random).isGreaterThan(random + 0.15);
  }

  private static Recipe recipe(Moment moment) {
    return new Recipe(
        Criterion.MAGNITUDE,
        Scope.GLOBAL,
        0.5,
        TrainingPoint.START,
        Pattern.UNSTRUCTURED,
        moment,
        Recipe.BATCHES);
  }

  /** The accuracy of a linear classifier on the features of the dense network. */
  private double probed(Objective objective, Recipe recipe) {
    DataSpec data = DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(1500), OptionalInt.of(500));
    Setting setting =
        new Setting(Datasets.pin(data, Map.of()), KnownNetwork.RESNET8, 1, LONG, Precision.FLOAT32);
    PruneTask trunk = new PruneTask(setting, objective, recipe, 0, Optional.empty());
    EvaluateTask probe =
        new EvaluateTask(setting, Evaluation.PROBE, Optional.empty(), Optional.of(TRUNK));

    Result.Pruned trained =
        (Result.Pruned)
            done(workbench.run(TRUNK, trunk, Map.of(), Optional.empty(), Notes.patient()));
    Map<TaskId, Result.Pruned> parents = Map.of(TRUNK, trained);
    Result.Evaluated judged =
        (Result.Evaluated)
            done(workbench.run(JUDGED, probe, parents, Optional.empty(), Notes.patient()));
    return judged.score().accuracy();
  }

  private static Result done(Ending ending) {
    assertThat(ending).isInstanceOf(Ending.Done.class);
    return ((Ending.Done) ending).result();
  }
}
