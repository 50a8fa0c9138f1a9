package dev.espalier.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.Pruner;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.wire.MaskFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("torch")
class MasksInTorchTest {
  private static final Path SCRIPT = Path.of("src/test/python/masks_in_torch.py");
  private static final Recipe RECIPE =
      new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.7, TrainingPoint.START);

  @ParameterizedTest
  @EnumSource(KnownNetwork.class)
  void aPublishedMaskLoadsIntoPyTorchByItsParameterNames(KnownNetwork network, @TempDir Path folder)
      throws Exception {
    Mask mask = prunedMask(Architectures.of(network, new Volume(3, rows(network)), 10));
    Path file = folder.resolve("mask.safetensors");
    Files.write(file, MaskFile.write(mask, Map.of()));

    String printed = run(network, file);

    MaskSummary counts = mask.summary(Optional.empty());
    assertThat(printed.strip())
        .isEqualTo(counts.digest() + " " + counts.kept() + " " + counts.total());
  }

  private static int rows(KnownNetwork network) {
    return network == KnownNetwork.ALEXNET ? 224 : 32;
  }

  private static Mask prunedMask(Architecture architecture) {
    try (Parameters parameters = Parameters.float32(architecture);
        Crew crew = Crew.of(2)) {
      Random random = new Random(7);
      float[] weights = new float[parameters.length(Buffer.WEIGHTS)];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextGaussian();
      }
      parameters.set(Buffer.WEIGHTS, weights);
      FlatMask dense = FlatMask.dense(parameters.slots());
      return Pruner.prune(RECIPE, parameters.segment(Buffer.WEIGHTS), dense, crew).toMask();
    }
  }

  private static String run(KnownNetwork network, Path file)
      throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder(
                "/usr/bin/python3",
                SCRIPT.toString(),
                network.toString(),
                Integer.toString(rows(network)),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).isZero();
    return printed;
  }
}
