package dev.espalier.compute.data;

import dev.espalier.domain.study.Normalisation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** CIFAR (Krizhevsky 2009) in its official binary layout. */
enum Cifar {
  /** {@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code test_batch.bin}. */
  TEN(
      "CIFAR-10",
      List.of(10),
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList(),
      "test_batch.bin",
      new Normalisation(List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616))),
  /** {@code train.bin} and {@code test.bin}; each record has a coarse label before its fine one. */
  HUNDRED(
      "CIFAR-100",
      List.of(20, 100),
      List.of("train.bin"),
      "test.bin",
      new Normalisation(List.of(0.5071, 0.4867, 0.4408), List.of(0.2675, 0.2565, 0.2761)));

  /** How many training images there are. */
  static final int TRAIN = 50_000;

  /** How many test images there are. */
  static final int TEST = 10_000;

  private static final int VALUES = Records.CIFAR.length();
  private static final int BUFFER = 1 << 16;

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // they are: List.of
  private final List<Integer> classes; // of each label of a record; the last one counts

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> trainFiles;

  private final String testFile;

  @SuppressWarnings("ImmutableEnumChecker") // its lists are copies
  private final Normalisation normalisation;

  /**
   * A data set.
   *
   * @param normalisation mean and deviation of each channel over the 50,000 training images, as
   *     usually published
   */
  Cifar(
      String title,
      List<Integer> classes,
      List<String> trainFiles,
      String testFile,
      Normalisation normalisation) {
    this.title = title;
    this.classes = classes;
    this.trainFiles = trainFiles;
    this.testFile = testFile;
    this.normalisation = normalisation;
  }

  /**
   * The first images of each part.
   *
   * @param folder where the files lie
   * @param train how many to train on, 1 to 50,000
   * @param test how many to test on, 1 to 10,000
   * @throws DataException when a file that is needed is missing, has another size or a label out of
   *     range, or when more images are asked for than there are
   */
  Dataset read(Path folder, int train, int test) {
    DataException.requireAtMost("train", this, train, TRAIN);
    DataException.requireAtMost("test", this, test, TEST);
    return new Dataset(
        classes.getLast(),
        normalisation,
        first(train, trainFiles.stream().map(folder::resolve).toList(), TRAIN / trainFiles.size()),
        first(test, List.of(folder.resolve(testFile)), TEST));
  }

  private Images first(int count, List<Path> files, int perFile) {
    byte[] records = new byte[count * Records.length(Records.CIFAR)];
    for (int done = 0; done < count; done += perFile) {
      Path file = files.get(done / perFile);
      requireWhole(file, perFile);
      int taken = Math.min(perFile, count - done);
      read(file, records, done * Records.length(Records.CIFAR), taken);
    }
    return Records.takeOwnershipOf(Records.CIFAR, records);
  }

  private int recordBytes() {
    return classes.size() + VALUES;
  }

  private void requireWhole(Path file, int records) {
    long expected = (long) records * recordBytes();
    if (!Files.isRegularFile(file)) {
      throw DataException.missing(
          "expected the %s file %s, got no such file".formatted(title, file));
    }
    try {
      if (Files.size(file) != expected) {
        throw DataException.missing(
            "expected %d bytes of %s (%,d records of %d) in %s, got %d"
                .formatted(expected, title, records, recordBytes(), file, Files.size(file)));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void read(Path file, byte[] to, int offset, int count) {
    byte[] record = new byte[recordBytes()];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      for (int i = 0; i < count; i++) {
        int came = in.readNBytes(record, 0, record.length);
        if (came != record.length) {
          throw DataException.missing(
              "expected %d records of %s in %s, got %d and %d bytes"
                  .formatted(count, title, file, i, came));
        }
        requireLabels(file, record, i);
        int from = classes.size() - 1;
        int length = record.length - from;
        System.arraycopy(record, from, to, offset + i * length, length);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void requireLabels(Path file, byte[] record, int index) {
    for (int i = 0; i < classes.size(); i++) {
      int label = record[i] & 0xFF;
      if (label >= classes.get(i)) {
        throw DataException.missing(
            "expected labels 0 to %d in %s, got %d at record %d"
                .formatted(classes.get(i) - 1, file, label, index));
      }
    }
  }

  private DataException unreadable(Path file, IOException e) {
    return DataException.missing(
        "expected to read the %s file %s, got %s".formatted(title, file, e));
  }

  @Override
  public String toString() {
    return "cifar" + classes.getLast();
  }
}
