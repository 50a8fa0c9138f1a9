package dev.espalier.compute.data;

import java.security.MessageDigest;

/**
 * Labelled colour pictures of 32 × 32, as CIFAR keeps them: a record is a label byte and 3,072
 * pixel bytes, the red plane, then green, then blue, each by rows from the top.
 */
public final class Images {
  /** Rows, and columns, of a picture. */
  public static final int SIDE = 32;

  /** Colours of a picture. */
  public static final int CHANNELS = 3;

  /** Pixels of one colour plane. */
  public static final int PLANE = SIDE * SIDE;

  /** Values of a picture. */
  public static final int VALUES = CHANNELS * PLANE;

  /** Bytes of a record: the label and the values. */
  static final int RECORD = 1 + VALUES;

  private final byte[] records;
  private final int count;

  private Images(byte[] records, int count) {
    this.records = records;
    this.count = count;
  }

  /**
   * The pictures in {@code records}, which the caller gives away.
   *
   * @throws IllegalArgumentException unless they are one or more whole records
   */
  static Images takeOwnershipOf(byte[] records) {
    if (records.length == 0 || records.length % RECORD != 0) {
      throw new IllegalArgumentException(
          "expected whole records of " + RECORD + " bytes, got " + records.length + " bytes");
    }
    return new Images(records, records.length / RECORD);
  }

  /** The number of pictures. */
  public int count() {
    return count;
  }

  /** The label of picture {@code index}, from 0. */
  public int label(int index) {
    return records[start(index)] & 0xFF;
  }

  /** One value, 0 to 255, of picture {@code index}. */
  public int value(int index, int channel, int row, int column) {
    return records[start(index) + 1 + channel * PLANE + row * SIDE + column] & 0xFF;
  }

  /** Adds all records, in order, to a digest. */
  void addTo(MessageDigest digest) {
    digest.update(records, 0, count * RECORD);
  }

  /** The records themselves, for whoever reads every value of a picture. */
  byte[] records() {
    return records;
  }

  /** Where the record of picture {@code index} starts. */
  int start(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(
          "expected picture 0 to " + (count - 1) + ", got " + index);
    }
    return index * RECORD;
  }

  @Override
  public String toString() {
    return count + " pictures";
  }
}
