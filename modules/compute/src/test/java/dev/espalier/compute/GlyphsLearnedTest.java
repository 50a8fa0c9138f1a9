package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.data.Datasets;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Setting;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What glyphs are for: a small network learns them in a few epochs, with labels and without. */
@Tag("long")
class GlyphsLearnedTest {
  @ParameterizedTest
  @CsvSource({"LABELS, 0.9", "ROTATION, 0.8"})
  void aSmallResidualNetworkLearnsGlyphs(Objective objective, double expected) {
    DataSpec data =
        Datasets.pin(
            DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(2_000), OptionalInt.of(500)),
            Map.of());
    Training training =
        new Training(
            5,
            32,
            Optimizer.STANDARD,
            0.1,
            List.of(TrainingPoint.epochs(3)),
            0.1,
            5e-4,
            TrainingPoint.epochs(1),
            Augmentation.of(false, 2));
    Setting setting = new Setting(data, KnownNetwork.RESNET8, 1, training, Precision.FLOAT32);
    Recipe recipe = new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.2, TrainingPoint.epochs(1));
    Workbench workbench =
        new Workbench(
            WorkbenchSettings.standard(Map.of()), new MemoryArtifacts(), InstantSource.system());

    Ending ending =
        workbench.run(
            Tasks.id("glyphs"),
            new PruneTask(setting, objective, recipe, 0, Optional.empty()),
            Map.of(),
            Optional.empty(),
            Notes.patient());

    assertThat(((Result.Pruned) ((Ending.Done) ending).result()).score().accuracy())
        .isGreaterThan(expected);
  }
}
