package dev.espalier.compute;

import dev.espalier.compute.data.Datasets;
import dev.espalier.domain.Digest;
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
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tasks small enough for tests: resnet8 on 72 glyphs, two epochs of four steps, W_k at step 3. */
final class Tasks {
  static final DataSpec DATA =
      Datasets.pin(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(72), OptionalInt.of(20)), Map.of());

  static final int STEPS = 8;

  private Tasks() {}

  static Setting setting(long seed) {
    return setting(seed, 16, 0.05);
  }

  static Setting setting(long seed, int batch, double learningRate) {
    Training training =
        new Training(
            2,
            batch,
            Optimizer.STANDARD,
            learningRate,
            List.of(TrainingPoint.epochs(1)),
            0.1,
            5e-4,
            TrainingPoint.iterations(2),
            Augmentation.STANDARD);
    return new Setting(DATA, KnownNetwork.RESNET8, seed, training, Precision.FLOAT32);
  }

  static Recipe recipe(long rewind) {
    return new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.5, TrainingPoint.iterations(rewind));
  }

  static PruneTask round0(Objective objective) {
    return new PruneTask(setting(1), objective, recipe(3), 0, Optional.empty());
  }

  static PruneTask round1(Objective objective) {
    return new PruneTask(setting(1), objective, recipe(3), 1, Optional.of(id("round 0")));
  }

  static TaskId id(String text) {
    return new TaskId(Digest.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
