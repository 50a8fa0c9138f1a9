package dev.espalier.compute.data;

/**
 * Turns an input (32, 32, 3) by quarter turns, counter-clockwise, by moving values alone: a quarter
 * is a transpose and a flip, so nothing is interpolated (Gidaris et al. 2018).
 */
public final class Rotation {
  /** How many rotations there are: 0, 90, 180 and 270 degrees. */
  public static final int COUNT = 4;

  private static final int LAST = Images.SIDE - 1;

  private Rotation() {}

  /**
   * Writes {@code from} turned by {@code quarters}.
   *
   * @param from (32, 32, 3)
   * @param quarters 0 to 3 quarter turns
   * @param to (32, 32, 3), another array than {@code from}
   */
  public static void turn(float[] from, int quarters, float[] to) {
    for (int row = 0; row < Images.SIDE; row++) {
      for (int column = 0; column < Images.SIDE; column++) {
        int source = Images.CHANNELS * source(row, column, quarters);
        int target = Images.CHANNELS * (row * Images.SIDE + column);
        to[target] = from[source];
        to[target + 1] = from[source + 1];
        to[target + 2] = from[source + 2];
      }
    }
  }

  private static int source(int row, int column, int quarters) {
    return switch (quarters) {
      case 0 -> row * Images.SIDE + column;
      case 1 -> column * Images.SIDE + LAST - row;
      case 2 -> (LAST - row) * Images.SIDE + LAST - column;
      case 3 -> (LAST - column) * Images.SIDE + row;
      default -> throw new IllegalArgumentException("expected 0 to 3 quarters, got " + quarters);
    };
  }
}
