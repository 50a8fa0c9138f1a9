package dev.espalier.compute.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.task.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CifarTest {
  private static final int RECORD = Records.length(Records.CIFAR);
  private static final int FILE = 10_000 * RECORD;

  @TempDir Path folder;

  @Test
  void recordsAreReadInOrderFromTheFilesThatAreNeeded() throws IOException {
    byte[] first = write("data_batch_1.bin", 1);
    byte[] second = write("data_batch_2.bin", 2);
    byte[] test = write("test_batch.bin", 3);

    Dataset data = Cifar.TEN.read(folder, 10_001, 7);

    assertThat(data.train().count()).isEqualTo(10_001);
    assertThat(data.train().label(9_999)).isEqualTo(first[9_999 * RECORD]);
    assertThat(data.train().label(10_000)).isEqualTo(second[0]);
    assertThat(data.test().count()).isEqualTo(7);
    assertThat(data.test().picture(6).value(2, 31, 31)).isEqualTo(test[7 * RECORD - 1] & 0xFF);
  }

  @Test
  void theFineLabelOfCifar100Counts() throws IOException {
    byte[] train = write100("train.bin", 50_000);
    byte[] test = write100("test.bin", 10_000);

    Dataset data = Cifar.HUNDRED.read(folder, 300, 7);

    assertThat(data.classes()).isEqualTo(100);
    assertThat(data.train().label(299)).isEqualTo(train[299 * (RECORD + 1) + 1]);
    assertThat(data.test().picture(6).value(2, 31, 31))
        .isEqualTo(test[7 * (RECORD + 1) - 1] & 0xFF);
  }

  @ParameterizedTest
  @CsvSource({"0, 20, expected labels 0 to 19", "1, 100, expected labels 0 to 99"})
  void bothLabelsOfCifar100AreLookedAt(int which, int label, String message) throws IOException {
    write100("test.bin", 10_000);
    byte[] train = write100("train.bin", 50_000);
    train[3 * (RECORD + 1) + which] = (byte) label;
    Files.write(folder.resolve("train.bin"), train);

    assertThatThrownBy(() -> Cifar.HUNDRED.read(folder, 10, 1))
        .hasMessage(
            "%s in %s, got %d at record 3".formatted(message, folder.resolve("train.bin"), label));
  }

  private byte[] write100(String name, int count) throws IOException {
    byte[] records = new byte[count * (RECORD + 1)];
    for (int i = 0; i < records.length; i += RECORD + 1) {
      records[i] = (byte) (i % 20);
      records[i + 1] = (byte) (i % 100);
      records[i + RECORD] = (byte) i;
    }
    Files.write(folder.resolve(name), records);
    return records;
  }

  /** A header of CIFAR is its labels alone: whatever is damaged there is seen, or is a label. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whateverIsDamagedIsTakenOrRefusedInOneSentence(long seed) throws IOException {
    write100("test.bin", 10_000);
    byte[] train = write100("train.bin", 50_000);
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      train[random.nextInt(10) * (RECORD + 1) + random.nextInt(2)] = (byte) random.nextInt();
    }
    int cut = random.nextInt(3);
    Files.write(folder.resolve("train.bin"), Arrays.copyOf(train, train.length - cut));

    try {
      Dataset data = Cifar.HUNDRED.read(folder, 10, 1);
      assertThat(cut).isZero();
      assertThat(data.train().label(9)).isLessThan(100);
    } catch (DataException e) {
      assertThat(e).hasMessageStartingWith("expected ").hasMessageContaining("train.bin, got");
    }
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    write("data_batch_1.bin", 1);

    assertThatThrownBy(() -> Cifar.TEN.read(folder, 10, 1))
        .hasMessageContaining("test_batch.bin, got no such file")
        .satisfies(e -> assertThat(failureOf(e)).isInstanceOf(Failure.DataMissing.class));
  }

  @Test
  void aTruncatedFileIsNamedWithItsSize() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), new byte[FILE - 1]);

    assertThatThrownBy(() -> Cifar.TEN.read(folder, 10, 1))
        .hasMessageContaining("expected 30730000 bytes of CIFAR-10 (10,000 records of 3073) in")
        .hasMessageEndingWith("data_batch_1.bin, got 30729999");
  }

  @Test
  void aLabelOutOfRangeIsNamedWithItsPlace() throws IOException {
    byte[] records = write("data_batch_1.bin", 1);
    records[5 * RECORD] = 10;
    Files.write(folder.resolve("data_batch_1.bin"), records);

    assertThatThrownBy(() -> Cifar.TEN.read(folder, 10, 1))
        .hasMessageContaining("expected labels 0 to 9 in")
        .hasMessageEndingWith("got 10 at record 5");
  }

  @Test
  void moreImagesThanThereAreAreRefused() {
    assertThatThrownBy(() -> Cifar.TEN.read(folder, 50_001, 1))
        .hasMessage("expected at most 50000 train images of cifar10, got 50001")
        .satisfies(e -> assertThat(failureOf(e)).isInstanceOf(Failure.BadInput.class));
  }

  @Test
  void aPinnedSpecRefusesOtherImages() throws IOException {
    write("data_batch_1.bin", 1);
    write("test_batch.bin", 2);
    DataSpec spec = DataSpec.first(DataSpec.Name.CIFAR10, OptionalInt.of(10), OptionalInt.of(5));
    Map<DataSpec.Name, Path> folders = Map.of(DataSpec.Name.CIFAR10, folder);
    DataSpec pinned = Datasets.pin(spec, folders);

    assertThat(Datasets.open(pinned, folders).digest()).isEqualTo(pinned.digest().orElseThrow());
    DataSpec other = spec.pinnedTo(Glyphs.generate(1, 1).digest());
    assertThatThrownBy(() -> Datasets.open(other, folders))
        .hasMessageStartingWith("expected the images sha256:")
        .hasMessageEndingWith(" in " + folder)
        .satisfies(e -> assertThat(failureOf(e)).isInstanceOf(Failure.DataMissing.class));
    assertThatThrownBy(() -> Datasets.open(spec, Map.of()))
        .hasMessage("expected a folder with the files of cifar10, got none");
  }

  private static Failure failureOf(Throwable thrown) {
    return ((DataException) thrown).failure();
  }

  private byte[] write(String name, long seed) throws IOException {
    byte[] records = new byte[FILE];
    new Random(seed).nextBytes(records);
    for (int i = 0; i < FILE; i += RECORD) {
      records[i] = (byte) Math.floorMod(records[i], 10);
    }
    Files.write(folder.resolve(name), records);
    return records;
  }
}
