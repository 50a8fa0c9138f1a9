package dev.espalier.compute.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.task.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  private static final int FILE = 10_000 * Images.RECORD;

  @TempDir Path folder;

  @Test
  void recordsAreReadInOrderFromTheFilesThatAreNeeded() throws IOException {
    byte[] first = write("data_batch_1.bin", 1);
    byte[] second = write("data_batch_2.bin", 2);
    byte[] test = write("test_batch.bin", 3);

    Dataset data = Cifar10.read(folder, 10_001, 7);

    assertThat(data.train().count()).isEqualTo(10_001);
    assertThat(data.train().label(9_999)).isEqualTo(first[9_999 * Images.RECORD]);
    assertThat(data.train().label(10_000)).isEqualTo(second[0]);
    assertThat(data.test().count()).isEqualTo(7);
    assertThat(data.test().value(6, 2, 31, 31)).isEqualTo(test[7 * Images.RECORD - 1] & 0xFF);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    write("data_batch_1.bin", 1);

    assertThatThrownBy(() -> Cifar10.read(folder, 10, 1))
        .hasMessageContaining("test_batch.bin, got no such file")
        .satisfies(e -> assertThat(failureOf(e)).isInstanceOf(Failure.DataMissing.class));
  }

  @Test
  void aTruncatedFileIsNamedWithItsSize() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), new byte[FILE - 1]);

    assertThatThrownBy(() -> Cifar10.read(folder, 10, 1))
        .hasMessageContaining("expected 30730000 bytes of CIFAR-10 (10,000 records of 3073) in")
        .hasMessageEndingWith("data_batch_1.bin, got 30729999");
  }

  @Test
  void aLabelOutOfRangeIsNamedWithItsPlace() throws IOException {
    byte[] records = write("data_batch_1.bin", 1);
    records[5 * Images.RECORD] = 10;
    Files.write(folder.resolve("data_batch_1.bin"), records);

    assertThatThrownBy(() -> Cifar10.read(folder, 10, 1))
        .hasMessageContaining("expected labels 0 to 9 in")
        .hasMessageEndingWith("got 10 at record 5");
  }

  @Test
  void moreImagesThanThereAreAreRefused() {
    assertThatThrownBy(() -> Cifar10.read(folder, 50_001, 1))
        .hasMessage("expected at most 50000 train images of cifar10, got 50001")
        .satisfies(e -> assertThat(failureOf(e)).isInstanceOf(Failure.BadInput.class));
  }

  @Test
  void aPinnedSpecRefusesOtherImages() throws IOException {
    write("data_batch_1.bin", 1);
    write("test_batch.bin", 2);
    DataSpec spec =
        new DataSpec(
            DataSpec.Name.CIFAR10, OptionalInt.of(10), OptionalInt.of(5), Optional.empty());
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
    for (int i = 0; i < FILE; i += Images.RECORD) {
      records[i] = (byte) Math.floorMod(records[i], 10);
    }
    Files.write(folder.resolve(name), records);
    return records;
  }
}
