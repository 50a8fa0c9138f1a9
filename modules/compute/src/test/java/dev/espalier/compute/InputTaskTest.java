package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.data.IdxFiles;
import dev.espalier.domain.Digest;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Blur;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Jitter;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.ResizedCrop;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Setting;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks on images of every kind, made ready by any number of threads. */
class InputTaskTest {
  static List<Objective> objectives() {
    return Objective.USUAL;
  }

  private static final Augmentation EVERYTHING =
      new Augmentation(
          true,
          0,
          Optional.of(ResizedCrop.USUAL),
          OptionalDouble.of(10),
          Optional.of(new Jitter(0.4, 0.4, 0.4, 0.1, 0.8)),
          OptionalDouble.of(0.2),
          Optional.of(new Blur(0.5, new Range(0.1, 2))),
          Optional.empty());

  @TempDir Path folder;

  private final MemoryArtifacts artifacts = new MemoryArtifacts();

  private Ending run(Setting setting, Objective objective, int inputThreads) {
    PruneTask task = new PruneTask(setting, objective, Tasks.recipe(1), 0, Optional.empty());
    return bench(setting, inputThreads)
        .run(Tasks.id("prune"), task, Map.of(), Optional.empty(), Notes.patient());
  }

  private Workbench bench(Setting setting, int inputThreads) {
    Map<DataSpec.Name, Path> folders = Map.of(setting.data().name(), folder);
    WorkbenchSettings settings =
        new WorkbenchSettings(Providers.DEFAULT, 1, inputThreads, folders, Duration.ofHours(1));
    return new Workbench(settings, artifacts, InstantSource.system());
  }

  private Setting setting(DataSpec data, Augmentation augmentation) {
    Training training =
        new Training(
            2,
            4,
            Optimizer.STANDARD,
            0.05,
            List.of(),
            0.1,
            5e-4,
            TrainingPoint.START,
            augmentation);
    DataSpec pinned = Datasets.pin(data, Map.of(data.name(), folder));
    return new Setting(pinned, KnownNetwork.RESNET8, 1, training, Precision.FLOAT32);
  }

  private static Result.Pruned pruned(Ending ending) {
    assertThat(ending).isInstanceOf(Ending.Done.class);
    return (Result.Pruned) ((Ending.Done) ending).result();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void greyPicturesAreTrainedOn(Objective objective) throws IOException {
    IdxFiles.writeAll(folder);

    Setting setting = setting(DataSpec.all(DataSpec.Name.IDX), Augmentation.of(true, 1));

    assertThat(pruned(run(setting, objective, 1)).score().accuracy()).isBetween(0.0, 1.0);
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void noResultDependsOnTheNumberOfInputThreads(Objective objective) throws IOException {
    paint();
    Setting setting = setting(pictures(), EVERYTHING);

    Result.Pruned one = pruned(run(setting, objective, 1));
    Result.Pruned three = pruned(run(setting, objective, 3));

    assertThat(three).isEqualTo(one);
  }

  @Test
  void picturesInFilesAreProbed() throws IOException {
    paint();
    Setting setting = setting(pictures(), EVERYTHING);
    Result.Pruned parent = pruned(run(setting, Objective.ROTATION, 1));
    EvaluateTask probe =
        new EvaluateTask(
            setting,
            Evaluation.PROBE,
            Optional.of(Tasks.id("prune")),
            Optional.of(Tasks.id("prune")));

    Ending ending =
        bench(setting, 2)
            .run(
                Tasks.id("probe"),
                probe,
                Map.of(Tasks.id("prune"), parent),
                Optional.empty(),
                Notes.patient());

    assertThat(ending).isInstanceOf(Ending.Done.class);
  }

  @Test
  @Timeout(300)
  void aPictureThatGoesMissingEndsTheTaskByItsName() throws IOException {
    paint();
    Setting setting = setting(pictures(), EVERYTHING);
    Path missing = folder.resolve("train/green/3.png");
    Files.delete(missing);

    assertThat(run(setting, Objective.LABELS, 2))
        .isInstanceOfSatisfying(
            Ending.Wrong.class,
            wrong -> {
              assertThat(wrong.failure()).isInstanceOf(Failure.DataMissing.class);
              assertThat(wrong.failure().message())
                  .startsWith("expected to read the picture " + missing);
            });
  }

  @Test
  void aStoppedRunGoesOnWithTheNextInputs() throws IOException {
    paint();
    Setting setting = setting(pictures(), EVERYTHING);
    PruneTask task = new PruneTask(setting, Objective.LABELS, Tasks.recipe(1), 0, Optional.empty());
    Ending stopped =
        bench(setting, 2)
            .run(Tasks.id("prune"), task, Map.of(), Optional.empty(), Notes.stoppingAfter(3));
    Optional<Digest> checkpoint = ((Ending.Stopped) stopped).checkpoint();

    Ending resumed =
        bench(setting, 2).run(Tasks.id("prune"), task, Map.of(), checkpoint, Notes.patient());

    assertThat(pruned(resumed)).isEqualTo(pruned(run(setting, Objective.LABELS, 1)));
  }

  private static DataSpec pictures() {
    return new DataSpec(
        DataSpec.Name.FOLDER,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(16),
        OptionalInt.of(18),
        Optional.empty());
  }

  /** Ten training and four test pictures of 20 × 28, red or green. */
  private void paint() throws IOException {
    for (int i = 0; i < 7; i++) {
      for (Color colour : List.of(Color.RED, Color.GREEN)) {
        BufferedImage image = new BufferedImage(20, 28, BufferedImage.TYPE_3BYTE_BGR);
        for (int pixel = 0; pixel < 20 * 28; pixel += 1 + i) {
          image.setRGB(pixel % 20, pixel / 20, colour.getRGB());
        }
        Path file =
            folder
                .resolve(i < 5 ? "train" : "test")
                .resolve(colour.equals(Color.RED) ? "red" : "green")
                .resolve(i + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
      }
    }
  }
}
