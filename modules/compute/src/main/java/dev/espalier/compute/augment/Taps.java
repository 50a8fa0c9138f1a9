package dev.espalier.compute.augment;

/**
 * Which values of a line each scaled value is the weighted mean of, and by which weights: the
 * triangle filter, as wide as a scaled value where the line shrinks (PIL's {@code
 * precompute_coeffs} for {@code BILINEAR}, which torchvision's antialiased resizing follows).
 */
final class Taps {
  private final int[] firsts; // (values)
  private final float[][] weights; // (values, taps)

  private Taps(int count) {
    firsts = new int[count];
    weights = new float[count][];
  }

  /**
   * The taps of {@code count} values, from {@code first} on, of a line of {@code length} values
   * that is scaled to {@code scaled}.
   */
  static Taps of(int length, int scaled, int first, int count) {
    Taps taps = new Taps(count);
    double scale = (double) length / scaled;
    double reach = Math.max(scale, 1);
    for (int i = 0; i < count; i++) {
      double centre = (first + i + 0.5) * scale;
      int begin = Math.max((int) (centre - reach + 0.5), 0);
      int end = Math.min((int) (centre + reach + 0.5), length);
      taps.firsts[i] = begin;
      taps.weights[i] = weights(begin, end, centre, reach);
    }
    return taps;
  }

  private static float[] weights(int begin, int end, double centre, double reach) {
    double[] exact = new double[end - begin];
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      exact[i] = Math.max(0, 1 - Math.abs((begin + i - centre + 0.5) / reach));
      sum += exact[i];
    }
    float[] weights = new float[exact.length];
    for (int i = 0; i < exact.length; i++) {
      weights[i] = (float) (exact[i] / sum);
    }
    return weights;
  }

  /** How many scaled values there are. */
  int count() {
    return firsts.length;
  }

  /** The first value that scaled value {@code index} is made of. */
  int first(int index) {
    return firsts[index];
  }

  /** The weights of it and those that follow. */
  float[] weights(int index) {
    return weights[index];
  }

  /** The first value that any is made of. */
  int begin() {
    return firsts[0];
  }

  /** The value after the last that any is made of. */
  int end() {
    int last = firsts.length - 1;
    return firsts[last] + weights[last].length;
  }
}
