package dev.espalier.compute.network;

/**
 * The size of one image as it passes through a network: a stack of square planes.
 *
 * @param channels planes, at least 1
 * @param size rows, and as many columns, at least 1
 */
public record Volume(int channels, int size) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException when one is below 1
   */
  public Volume {
    if (channels < 1 || size < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 channel of at least 1x1, got "
              + channels
              + " of "
              + size
              + "x"
              + size);
    }
  }

  /** Values in one image. */
  public int length() {
    return channels * size * size;
  }
}
