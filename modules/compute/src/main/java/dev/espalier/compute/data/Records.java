package dev.espalier.compute.data;

import dev.espalier.compute.network.Volume;
import java.security.MessageDigest;

/**
 * Pictures of one size held in memory, as CIFAR keeps them: a record is a label byte and a byte a
 * value, one plane a channel (red, green, blue), each by rows from the top.
 */
final class Records extends Images {
  /** The pictures of CIFAR. */
  static final Volume CIFAR = new Volume(3, 32);

  private final byte[] records;
  private final int length;
  private final int count;

  private Records(Volume volume, byte[] records) {
    super(volume);
    this.records = records;
    this.length = length(volume);
    this.count = records.length / length;
  }

  /**
   * The pictures in {@code records}, which the caller gives away.
   *
   * @throws IllegalArgumentException unless they are one or more whole records
   */
  static Records takeOwnershipOf(Volume volume, byte[] records) {
    if (records.length == 0 || records.length % length(volume) != 0) {
      throw new IllegalArgumentException(
          "expected whole records of %d bytes, got %d bytes"
              .formatted(length(volume), records.length));
    }
    return new Records(volume, records);
  }

  /** Bytes of a record of a picture of {@code volume}: the label and the values. */
  static int length(Volume volume) {
    return 1 + volume.length();
  }

  /**
   * A byte for each of {@code count} records.
   *
   * @param part {@code train} or {@code test}
   * @param name which data set
   * @throws DataException when an array cannot hold as many
   */
  static byte[] allocate(Volume volume, int count, String part, Object name) {
    int most = (Integer.MAX_VALUE - 8) / length(volume);
    if (count > most) {
      throw DataException.badInput(
          "expected at most %d %s images of %s, got %d".formatted(most, part, name, count));
    }
    return new byte[count * length(volume)];
  }

  @Override
  public int shorterSide() {
    return volume().size();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int label(int index) {
    return records[requireThere(index) * length] & 0xFF;
  }

  @Override
  public Picture picture(int index) {
    int size = volume().size();
    int start = requireThere(index) * length + 1;
    return Picture.planes(records, start, volume().channels(), size, size);
  }

  @Override
  void addTo(MessageDigest digest) {
    digest.update(records);
  }

  /** The records themselves, not to be changed. */
  byte[] bytes() {
    return records;
  }
}
