package dev.espalier.compute.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.network.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    IdxFiles.writeAll(folder);
  }

  private Dataset read() {
    return Idx.read(folder, OptionalInt.empty(), OptionalInt.empty());
  }

  @Test
  void picturesComeInOrderWithTheirLabels() throws IOException {
    byte[] images = Files.readAllBytes(folder.resolve(IMAGES));

    Dataset data = read();

    assertThat(data.volume()).isEqualTo(new Volume(1, 6));
    assertThat(data.classes()).isEqualTo(4);
    assertThat(data.train().count()).isEqualTo(12);
    assertThat(data.test().count()).isEqualTo(5);
    assertThat(data.train().label(7)).isEqualTo(3);
    assertThat(data.train().picture(7).value(0, 2, 5))
        .isEqualTo(images[16 + 7 * 36 + 2 * 6 + 5] & 0xFF);
  }

  @Test
  void normalisedTrainingValuesHaveMeanZeroAndDeviationOne() {
    Dataset data = read();
    double mean = data.normalisation().means().getFirst();
    double deviation = data.normalisation().deviations().getFirst();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 12 * 36; i++) {
      double value = data.train().picture(i / 36).value(0, i % 36 / 6, i % 6) / 255.0;
      sum += (value - mean) / deviation;
      squares += (value - mean) / deviation * ((value - mean) / deviation);
    }

    assertThat(sum / (12 * 36)).isCloseTo(0, within(1e-12));
    assertThat(squares / (12 * 36)).isCloseTo(1, within(1e-12));
  }

  @Test
  void aDotAndGzipChangeNothing() throws IOException {
    Dataset plain = read();
    for (String name : List.of(IMAGES, "train-labels-idx1-ubyte", LABELS)) {
      byte[] packed = IdxFiles.packed(Files.readAllBytes(folder.resolve(name)));
      Files.delete(folder.resolve(name));
      Files.write(folder.resolve(name.replace("-idx", ".idx") + ".gz"), packed);
    }

    assertThat(read().digest()).isEqualTo(plain.digest());
  }

  @Test
  void coloursMayComeFirstOrLast() throws IOException {
    byte[] first = new byte[12 * 3 * 36];
    byte[] last = new byte[first.length];
    for (int i = 0; i < first.length; i++) {
      int picture = i / 108;
      int channel = i % 108 / 36;
      first[i] = (byte) (i * 31);
      last[picture * 108 + i % 36 * 3 + channel] = first[i];
    }
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), IdxFiles.images(2, 5, 6, 6, 3));
    Files.write(folder.resolve(IMAGES), IdxFiles.file(first, 12, 3, 6, 6));
    rename("train");
    rename("t10k");
    Dataset one = read();
    Files.write(folder.resolve("train-images-idx4-ubyte"), IdxFiles.file(last, 12, 6, 6, 3));

    assertThat(one.volume()).isEqualTo(new Volume(3, 6));
    assertThat(read().digest()).isEqualTo(one.digest());
  }

  private void rename(String part) throws IOException {
    Path file = folder.resolve(part + "-images-idx3-ubyte");
    Files.move(file, folder.resolve(part + "-images-idx4-ubyte"));
  }

  @Test
  void aPartHasTheFirstOfThem() {
    Dataset part = Idx.read(folder, OptionalInt.of(5), OptionalInt.of(2));

    assertThat(part.train().count()).isEqualTo(5);
    assertThat(part.classes()).isEqualTo(4);
    assertThatThrownBy(() -> Idx.read(folder, OptionalInt.of(13), OptionalInt.of(2)))
        .hasMessage("expected at most 12 train images of idx, got 13");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve(LABELS));

    assertThatThrownBy(this::read)
        .hasMessage(
            "expected the IDX file %s or t10k-labels-idx1-ubyte.gz, got no such file"
                .formatted(folder.resolve(LABELS)));
  }

  @Test
  void aWrongMagicNumberIsNamed() throws IOException {
    Files.copy(folder.resolve(LABELS), folder.resolve("copy"));
    Files.delete(folder.resolve(IMAGES));
    Files.move(folder.resolve("copy"), folder.resolve(IMAGES));

    assertThatThrownBy(this::read)
        .hasMessage(
            "expected the magic number 0x00000803 or 0x00000804 in %s, got 0x00000801"
                .formatted(folder.resolve(IMAGES)));
  }

  @Test
  void otherNumbersOfPicturesThanOfLabelsAreNamed() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxFiles.images(1, 11, 6, 6));

    assertThatThrownBy(this::read)
        .hasMessage(
            "expected a picture for each of the 12 labels of train in %s, got 11 pictures"
                .formatted(folder.resolve(IMAGES)));
  }

  @Test
  void aCutFileIsNamedWithItsSize() throws IOException {
    byte[] images = Files.readAllBytes(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES), Arrays.copyOf(images, images.length - 1));

    assertThatThrownBy(this::read)
        .hasMessage(
            "expected 448 bytes in %s, whose header says 12 x 6 x 6, got 447"
                .formatted(folder.resolve(IMAGES)));
  }

  @Test
  void aGzipThatEndsEarlyIsNamed() throws IOException {
    byte[] packed = IdxFiles.packed(Files.readAllBytes(folder.resolve(IMAGES)));
    Files.delete(folder.resolve(IMAGES));
    Path file = folder.resolve(IMAGES + ".gz");
    Files.write(file, Arrays.copyOf(packed, packed.length / 2));

    assertThatThrownBy(this::read)
        .hasMessageStartingWith("expected 12 x 6 x 6 values in " + file + ", got its end in entry");
  }

  @Test
  void aHeaderThatPromisesMoreThanAGzipCanHoldIsRefusedAtOnce() throws IOException {
    byte[] huge = IdxFiles.file(new byte[10], 2_000_000_000, 1, 1);
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), IdxFiles.packed(huge));

    assertThatThrownBy(this::read)
        .hasMessageContaining("expected 2000000016 bytes in")
        .hasMessageEndingWith(" packed ones");
  }

  @Test
  void aTestLabelThatTrainingDoesNotKnowIsNamed() throws IOException {
    byte[] labels = IdxFiles.labels(5);
    labels[8 + 3] = 9;
    Files.write(folder.resolve(LABELS), labels);

    assertThatThrownBy(this::read)
        .hasMessageStartingWith("expected labels 0 to 3")
        .hasMessageContaining("got 9 at")
        .hasMessageEndingWith("3");
  }

  @Test
  void picturesThatAreNotSquareAreRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxFiles.images(1, 12, 6, 5));

    assertThatThrownBy(this::read)
        .hasMessage(
            "expected square pictures of 1 or 3 channels and at most 1024 rows in %s, got 12 x 6 x 5"
                .formatted(folder.resolve(IMAGES)));
  }

  /** Bytes of headers and of packed files are changed, cut off or added. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whateverIsDamagedIsTakenOrRefusedInOneSentence(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> names =
        List.of(IMAGES, "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", LABELS);
    for (int i = 0; i < 60; i++) {
      IdxFiles.writeAll(folder);
      String name = names.get(random.nextInt(4));
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      boolean packed = random.nextBoolean();
      byte[] damaged = damaged(packed ? IdxFiles.packed(whole) : whole, random);
      Files.delete(folder.resolve(name));
      Path file = Files.write(folder.resolve(name + (packed ? ".gz" : "")), damaged);
      try {
        assertThat(read().train().count()).isPositive();
      } catch (DataException e) {
        assertThat(e).hasMessageStartingWith("expected ").hasMessageContaining("got ");
        assertThat(e.failure().message()).hasSizeLessThan(400);
      }
      Files.delete(file);
    }
  }

  private static byte[] damaged(byte[] bytes, SplittableRandom random) {
    byte[] damaged =
        switch (random.nextInt(3)) {
          case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
          case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
          default -> bytes.clone();
        };
    if (damaged.length > 0) {
      damaged[random.nextInt(Math.min(16, damaged.length))] = (byte) random.nextInt(256);
    }
    return damaged;
  }
}
