package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.data.IdxFiles;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.Permutation;
import dev.espalier.compute.train.Apparatus;
import dev.espalier.compute.train.Initialisation;
import dev.espalier.compute.train.Keeping;
import dev.espalier.compute.train.Lesson;
import dev.espalier.compute.train.Position;
import dev.espalier.compute.train.Run;
import dev.espalier.compute.train.TaskException;
import dev.espalier.compute.train.Trainer;
import dev.espalier.compute.train.Transfer;
import dev.espalier.compute.train.WeightsFile;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From rotations of grey pictures of 6 × 6 to labels of other data. */
class TransferTest {
  private static final Numerics NUMERICS =
      new Numerics("onednn", "any", 1, "0", false, Optional.empty());

  @TempDir private Path folder;

  /** A network for {@code objective} on pictures of so many rows, in so many classes. */
  private Apparatus apparatus(Objective objective, int rows, int classes) throws IOException {
    Path pictures = Files.createDirectory(folder.resolve(rows + "x" + rows));
    IdxFiles.writeAll(pictures, rows, classes);
    DataSpec data = DataSpec.all(DataSpec.Name.IDX);
    return apparatus(objective, data, Map.of(DataSpec.Name.IDX, pictures));
  }

  private static Apparatus apparatus(
      Objective objective, DataSpec data, Map<DataSpec.Name, Path> folders) {
    Setting usual = Tasks.setting(1, 4, 0.05);
    DataSpec pinned = Datasets.pin(data, folders);
    Setting setting = new Setting(pinned, usual.network(), 1, usual.training(), usual.precision());
    Reading reading =
        new Reading(Datasets.open(pinned, folders), setting.training().augmentation(), 1, 1);
    return Apparatus.open(
        Providers.named(Providers.DEFAULT, 1),
        new Lesson(reading, objective, setting.training()),
        setting);
  }

  /** Weights and statistics that are unlike those of any beginning. */
  private static WeightsFile weights(Apparatus source) {
    Parameters parameters = source.parameters();
    Initialisation.draw(parameters, 7, Initialisation.Purpose.W0);
    float[] statistics = parameters.floats(Buffer.STATISTICS);
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] += 0.01f * (i % 13);
    }
    parameters.set(Buffer.STATISTICS, statistics);
    return source.weightsAt(5);
  }

  private static Mask half(Apparatus source) {
    List<TensorMask> tensors = new ArrayList<>();
    for (TensorMask tensor : FlatMask.dense(source.parameters().slots()).toMask().tensors()) {
      boolean[] kept = new boolean[tensor.length()];
      Arrays.fill(kept, 0, kept.length / 2, true);
      tensors.add(TensorMask.of(tensor.name(), tensor.shape(), kept));
    }
    return Permutation.layerwise(Mask.of(tensors), 1);
  }

  private static float[] tensor(Parameters parameters, Slot slot) {
    return Arrays.copyOfRange(parameters.floats(Buffer.WEIGHTS), slot.offset(), slot.end());
  }

  @Test
  void trunkStatisticsAndMaskStayAndTheWholeIsTrainedOnTheOtherData() throws IOException {
    try (Apparatus source = apparatus(Objective.ROTATION, 6, 4);
        Apparatus target = apparatus(Objective.LABELS, 10, 7);
        Crew crew = Crew.of(1)) {
      WeightsFile weights = weights(source);
      Mask mask = half(source);

      Transfer.begin(target, weights, mask, crew);

      source.putUnder(mask, crew);
      assertThat(target.mask().toMask()).isEqualTo(mask);
      assertThat(target.parameters().floats(Buffer.STATISTICS))
          .isEqualTo(source.parameters().floats(Buffer.STATISTICS));
      for (Slot slot : target.parameters().slots()) {
        if (slot.name().startsWith("fc.")) {
          assertThat(slot.shape()).first().isEqualTo(7);
          assertThat(tensor(target.parameters(), slot)).doesNotContain(0f);
        } else {
          assertThat(tensor(target.parameters(), slot))
              .isEqualTo(tensor(source.parameters(), slot));
        }
      }
      assertThat(train(target).position().step()).isEqualTo(6);
      assertThat(target.mask().violations(target.parameters().segment(Buffer.WEIGHTS))).isZero();
    }
  }

  private static Run.Finished train(Apparatus apparatus) {
    Keeping keeping =
        new Keeping(new MemoryArtifacts(), Duration.ofHours(1), InstantSource.system());
    Position beginning = Position.at(0, NUMERICS);
    return (Run.Finished)
        new Trainer(Tasks.id("transfer"), apparatus, beginning, keeping, Notes.patient()).run();
  }

  @Test
  void whatHasAnotherFormThereIsTheTasksFault() throws IOException {
    try (Apparatus grey = apparatus(Objective.ROTATION, 6, 4);
        Apparatus coloured = apparatus(Objective.LABELS, Tasks.DATA, Map.of());
        Crew crew = Crew.of(1)) {
      WeightsFile weights = weights(grey);
      Mask mask = half(grey);

      assertThatThrownBy(() -> Transfer.begin(coloured, weights, mask, crew))
          .isInstanceOf(TaskException.class)
          .hasMessage(
              "expected weights and mask that fit resnet8 on pictures of Volume[channels=3,"
                  + " size=32]: expected shape [16, 3, 3, 3] of conv1.weight, got [16, 1, 3, 3]");
    }
  }
}
