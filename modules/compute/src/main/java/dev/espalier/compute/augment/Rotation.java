package dev.espalier.compute.augment;

import dev.espalier.compute.network.Volume;

/**
 * Turns an input (rows, columns, channels) by quarter turns, counter-clockwise, by moving values
 * alone: a quarter is a transpose and a flip, so nothing is interpolated (Gidaris et al. 2018).
 */
public final class Rotation {
  /** How many rotations there are: 0, 90, 180 and 270 degrees. */
  public static final int COUNT = 4;

  private final int size;
  private final int channels;

  /** Turns inputs of {@code volume}. */
  public Rotation(Volume volume) {
    this.size = volume.size();
    this.channels = volume.channels();
  }

  /**
   * Writes the input at {@code from} once more, turned by {@code quarters}.
   *
   * @param inputs (rows, columns, channels), one after the other
   * @param from where the input begins
   * @param quarters 0 to 3 quarter turns
   * @param to where the turned one begins; the two do not overlap
   */
  public void turn(float[] inputs, int from, int quarters, int to) {
    int last = size - 1;
    int right = channels;
    int down = size * channels;
    switch (quarters) {
      case 0 -> System.arraycopy(inputs, from, inputs, to, size * down);
      case 1 -> copy(inputs, from + last * right, down, -right, to);
      case 2 -> copy(inputs, from + last * down + last * right, -right, -down, to);
      case 3 -> copy(inputs, from + last * down, -down, right, to);
      default -> throw new IllegalArgumentException("expected 0 to 3 quarters, got " + quarters);
    }
  }

  /**
   * Copies an input whose next column is {@code column} further on at the source, and whose next
   * row is {@code row} further on.
   */
  private void copy(float[] inputs, int from, int column, int row, int to) {
    int at = to;
    for (int i = 0; i < size; i++) {
      int source = from + i * row;
      for (int j = 0; j < size; j++, source += column) {
        for (int channel = 0; channel < channels; channel++) {
          inputs[at++] = inputs[source + channel];
        }
      }
    }
  }
}
