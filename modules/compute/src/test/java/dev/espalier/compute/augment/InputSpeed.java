package dev.espalier.compute.augment;

import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Blur;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Jitter;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.ResizedCrop;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.imageio.ImageIO;

/** Images that one thread makes ready a second, by recipe; printed, for people. */
final class InputSpeed {
  private static final Jitter JITTER = new Jitter(0.4, 0.4, 0.4, 0.1, 0.8);

  private InputSpeed() {}

  /** Takes a folder that pictures are painted into, and kept. */
  public static void main(String[] arguments) throws IOException {
    Dataset small =
        Datasets.open(
            DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(2_000), OptionalInt.of(10)),
            Map.of());
    measure("32: flip, crop", small, Augmentation.STANDARD);
    measure("32: resized crop, flip", small, with(Optional.empty(), false, false));
    measure("32: resized crop, flip, jitter", small, with(Optional.of(JITTER), false, false));
    Dataset large = photographs(Path.of(arguments[0]));
    measure("224: middle", large, Augmentation.of(false, 0));
    measure("224: resized crop, flip", large, with(Optional.empty(), false, false));
    measure("224: resized crop, flip, jitter", large, with(Optional.of(JITTER), false, false));
    measure("224: the same, turned", large, with(Optional.of(JITTER), true, false));
    measure("224: the same, blurred", large, with(Optional.of(JITTER), true, true));
  }

  private static Augmentation with(Optional<Jitter> jitter, boolean turned, boolean blurred) {
    return new Augmentation(
        true,
        0,
        Optional.of(ResizedCrop.USUAL),
        turned ? OptionalDouble.of(10) : OptionalDouble.empty(),
        jitter,
        jitter.isPresent() ? OptionalDouble.of(0.2) : OptionalDouble.empty(),
        blurred ? Optional.of(new Blur(0.5, new Range(0.1, 2))) : Optional.empty(),
        Optional.empty());
  }

  private static void measure(String what, Dataset data, Augmentation augmentation) {
    Augmenter augmenter = new Augmenter(data, augmentation, 1);
    float[] input = new float[data.volume().length()];
    double best = 0;
    for (int epoch = 0; epoch < 6; epoch++) {
      long begin = System.nanoTime();
      for (int i = 0; i < data.train().count(); i++) {
        augmenter.varied(data.train(), i, epoch, input, 0);
      }
      best = Math.max(best, data.train().count() * 1e9 / (System.nanoTime() - begin));
    }
    System.out.printf(Locale.ROOT, "%-40s %,10.0f images/s%n", what, best);
  }

  /** 200 smooth pictures of 500 × 375, as large in JPEG as photographs. */
  private static Dataset photographs(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      for (int i = 0; i < 200; i++) {
        Path file = folder.resolve(i < 199 ? "train" : "test").resolve("any/" + i + ".jpg");
        Files.createDirectories(file.getParent());
        ImageIO.write(photograph(i), "jpeg", file.toFile());
      }
    }
    return Datasets.open(DataSpec.all(DataSpec.Name.FOLDER), Map.of(DataSpec.Name.FOLDER, folder));
  }

  private static BufferedImage photograph(int seed) {
    BufferedImage image = new BufferedImage(500, 375, BufferedImage.TYPE_3BYTE_BGR);
    Draws draws = Draws.of(seed, "photograph");
    double[] waves = new double[24];
    for (int i = 0; i < waves.length; i++) {
      waves[i] = draws.between(-0.2, 0.2);
    }
    for (int y = 0; y < 375; y++) {
      for (int x = 0; x < 500; x++) {
        int colour = 0;
        for (int c = 0; c < 3; c++) {
          double value = 128 + draws.between(-12, 12);
          for (int i = c; i < waves.length - 3; i += 6) {
            value += 30 * Math.sin(waves[i] * x + waves[i + 3] * y);
          }
          colour = colour << 8 | (int) Math.clamp(value, 0, 255);
        }
        image.setRGB(x, y, colour);
      }
    }
    return image;
  }
}
