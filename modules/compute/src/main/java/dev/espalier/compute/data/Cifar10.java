package dev.espalier.compute.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CIFAR-10 (Krizhevsky 2009) in its official binary layout: {@code data_batch_1.bin} to {@code
 * data_batch_5.bin} and {@code test_batch.bin}, 10,000 records each.
 */
final class Cifar10 {
  /** How many classes there are. */
  static final int CLASSES = 10;

  /** How many training images there are. */
  static final int TRAIN = 50_000;

  /** How many test images there are. */
  static final int TEST = 10_000;

  /** Mean and deviation of each channel over the 50,000 training images, as usually published. */
  static final Normalisation NORMALISATION =
      Normalisation.of(List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616));

  private static final int PER_FILE = 10_000;

  private Cifar10() {}

  /**
   * The first images of each part.
   *
   * @param folder where the files lie
   * @param train how many to train on, 1 to 50,000
   * @param test how many to test on, 1 to 10,000
   * @throws DataException when a file that is needed is missing, has another size or a label out of
   *     range, or when more images are asked for than there are
   */
  static Dataset read(Path folder, int train, int test) {
    requireAtMost("train", train, TRAIN);
    requireAtMost("test", test, TEST);
    List<Path> batches =
        IntStream.rangeClosed(1, TRAIN / PER_FILE)
            .mapToObj(i -> folder.resolve("data_batch_" + i + ".bin"))
            .toList();
    return new Dataset(
        CLASSES,
        NORMALISATION,
        first(train, batches),
        first(test, List.of(folder.resolve("test_batch.bin"))));
  }

  private static void requireAtMost(String part, int asked, int there) {
    if (asked > there) {
      throw DataException.badInput(
          "expected at most " + there + " " + part + " images of cifar10, got " + asked);
    }
  }

  private static Images first(int count, List<Path> files) {
    byte[] records = new byte[count * Images.RECORD];
    for (int done = 0; done < count; done += PER_FILE) {
      Path file = files.get(done / PER_FILE);
      requireWhole(file);
      int length = Math.min(PER_FILE, count - done) * Images.RECORD;
      read(file, records, done * Images.RECORD, length);
      requireLabels(file, records, done, length / Images.RECORD);
    }
    return Images.takeOwnershipOf(records);
  }

  private static void requireWhole(Path file) {
    long expected = (long) PER_FILE * Images.RECORD;
    if (!Files.isRegularFile(file)) {
      throw DataException.missing("expected the CIFAR-10 file " + file + ", got no such file");
    }
    try {
      if (Files.size(file) != expected) {
        throw DataException.missing(
            "expected %d bytes of CIFAR-10 (10,000 records of %d) in %s, got %d"
                .formatted(expected, Images.RECORD, file, Files.size(file)));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void read(Path file, byte[] to, int offset, int length) {
    try (InputStream in = Files.newInputStream(file)) {
      int came = in.readNBytes(to, offset, length);
      if (came != length) {
        throw DataException.missing(
            "expected " + length + " bytes of CIFAR-10 in " + file + ", got " + came);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireLabels(Path file, byte[] records, int from, int count) {
    for (int i = 0; i < count; i++) {
      int label = records[(from + i) * Images.RECORD] & 0xFF;
      if (label >= CLASSES) {
        throw DataException.missing(
            "expected labels 0 to 9 in %s, got %d at record %d".formatted(file, label, i));
      }
    }
  }

  private static DataException unreadable(Path file, IOException e) {
    return DataException.missing("expected to read the CIFAR-10 file " + file + ", got " + e);
  }
}
