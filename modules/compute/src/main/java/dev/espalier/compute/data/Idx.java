package dev.espalier.compute.data;

import dev.espalier.compute.network.Volume;
import dev.espalier.domain.study.DataSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Pictures in the IDX files of MNIST (LeCun, Cortes, Burges 1998): {@code train-images-idx3-ubyte},
 * {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code
 * t10k-labels-idx1-ubyte}; a dot may stand before {@code idx}, {@code .gz} behind.
 *
 * <p>Grey pictures have three dimensions (pictures, rows, columns); {@code idx4} files have four:
 * (pictures, channels, rows, columns) or (pictures, rows, columns, channels), of 1 or 3 channels.
 * There are as many classes as the greatest label of all training images says. Normalised by mean
 * and deviation of the training images that are taken.
 */
final class Idx {
  private static final int MOST_SIZE = 1024;

  private Idx() {}

  /**
   * The first images of each part.
   *
   * @param folder where the files lie
   * @throws DataException when a file that is needed is missing, is not what its header says, holds
   *     other numbers of pictures than of labels or a label out of range, or when more images are
   *     asked for than there are
   */
  static Dataset read(Path folder, OptionalInt train, OptionalInt test) {
    byte[] trainLabels = labels(folder, "train");
    byte[] testLabels = labels(folder, "t10k");
    int classes = 1 + greatest(trainLabels);
    Records first = part(folder, "train", trainLabels, train);
    Records second = part(folder, "t10k", testLabels, test);
    if (!first.volume().equals(second.volume())) {
      throw DataException.missing(
          "expected training and test pictures alike in %s, got %s and %s"
              .formatted(folder, first.volume(), second.volume()));
    }
    return new Dataset(classes, Moments.of(first).normalisation(), first, second);
  }

  private static byte[] labels(Path folder, String part) {
    try (IdxFile file = IdxFile.open(folder, part + "-labels", List.of(1))) {
      byte[] labels = file.read(0, file.dimension(0));
      file.requireEnd();
      return labels;
    }
  }

  private static int greatest(byte[] labels) {
    int greatest = 0;
    for (byte label : labels) {
      greatest = Math.max(greatest, label & 0xFF);
    }
    return greatest;
  }

  private static Records part(Path folder, String part, byte[] labels, OptionalInt asked) {
    try (IdxFile file = IdxFile.open(folder, part + "-images", List.of(3, 4))) {
      if (file.dimension(0) != labels.length) {
        throw DataException.missing(
            "expected a picture for each of the %d labels of %s in %s, got %d pictures"
                .formatted(labels.length, part, file, file.dimension(0)));
      }
      String name = part.equals("train") ? "train" : "test";
      int count = asked.orElse(labels.length);
      DataException.requireAtMost(name, DataSpec.Name.IDX, count, labels.length);
      Volume volume = volume(file);
      byte[] records = Records.allocate(volume, count, name, DataSpec.Name.IDX);
      for (int i = 0; i < count; i++) {
        int record = i * Records.length(volume);
        records[record] = labels[i];
        copy(file.read(i, volume.length()), isChannelsLast(file), volume, records, record + 1);
      }
      if (count == labels.length) {
        file.requireEnd();
      }
      return Records.takeOwnershipOf(volume, records);
    }
  }

  private static Volume volume(IdxFile file) {
    int last = file.dimensions() - 1;
    int channels =
        file.dimensions() == 3 ? 1 : isChannelsLast(file) ? file.dimension(3) : file.dimension(1);
    int rows = isChannelsLast(file) ? file.dimension(1) : file.dimension(last - 1);
    int columns = isChannelsLast(file) ? file.dimension(2) : file.dimension(last);
    boolean square = rows == columns && rows >= 1 && rows <= MOST_SIZE;
    if (!square || (channels != 1 && channels != 3)) {
      throw DataException.missing(
          "expected square pictures of 1 or 3 channels and at most %d rows in %s, got %s"
              .formatted(MOST_SIZE, file, file.shape()));
    }
    return new Volume(channels, rows);
  }

  private static boolean isChannelsLast(IdxFile file) {
    return file.dimensions() == 4 && file.dimension(1) == file.dimension(2);
  }

  private static void copy(byte[] from, boolean channelsLast, Volume volume, byte[] to, int at) {
    if (!channelsLast) {
      System.arraycopy(from, 0, to, at, from.length);
      return;
    }
    int plane = volume.size() * volume.size();
    for (int i = 0; i < from.length; i++) {
      to[at + i % volume.channels() * plane + i / volume.channels()] = from[i];
    }
  }
}
