package dev.espalier.compute.network;

/**
 * The square that a layer moves over its planes.
 *
 * @param size its rows, and columns
 * @param stride how far it is moved
 * @param padding rows, and columns, that are added on each side of the planes
 */
public record Window(int size, int stride, int padding) {
  /**
   * Checks all three.
   *
   * @throws IllegalArgumentException when size or stride is below 1, or the padding is not from 0
   *     to below the size
   */
  public Window {
    if (size < 1 || stride < 1 || padding < 0 || padding >= size) {
      throw new IllegalArgumentException(
          "expected a window and a stride of at least 1 and a padding from 0 to below the window,"
              + " got %d, %d and %d".formatted(size, stride, padding));
    }
  }

  /** A window padded so that without stride an odd one gives planes as large as those it reads. */
  public static Window centred(int size, int stride) {
    return new Window(size, stride, size / 2);
  }

  /** A window without padding whose places do not overlap. */
  public static Window tiling(int size) {
    return new Window(size, size, 0);
  }

  /** Whether the window fits planes of so many rows, padding counted. */
  public boolean fits(int rows) {
    return rows + 2 * padding >= size;
  }

  /** The rows that come of so many: how often the window fits. */
  public int places(int rows) {
    return (rows + 2 * padding - size) / stride + 1;
  }
}
