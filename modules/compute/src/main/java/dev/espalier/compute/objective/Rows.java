package dev.espalier.compute.objective;

/**
 * Sums along rows of float64 values, in four strands whatever the processor, so that their bits are
 * the same everywhere.
 */
final class Rows {
  private static final int STRANDS = 4;

  private Rows() {}

  /** Σ a·b of {@code length} values from {@code aAt} and {@code bAt} on. */
  static double dot(double[] a, int aAt, double[] b, int bAt, int length) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + STRANDS <= length; i += STRANDS) {
      first += a[aAt + i] * b[bAt + i];
      second += a[aAt + i + 1] * b[bAt + i + 1];
      third += a[aAt + i + 2] * b[bAt + i + 2];
      fourth += a[aAt + i + 3] * b[bAt + i + 3];
    }
    double rest = 0;
    for (; i < length; i++) {
      rest += a[aAt + i] * b[bAt + i];
    }
    return first + second + (third + fourth) + rest;
  }

  /** Adds {@code factor} times one row to another. */
  static void add(double factor, double[] from, int fromAt, double[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += factor * from[fromAt + i];
    }
  }

  /** Divides a row by its Euclidean length, unless that is 0. */
  static void normalise(double[] values, int at, int length) {
    double norm = Math.sqrt(dot(values, at, values, at, length));
    for (int i = at; norm > 0 && i < at + length; i++) {
      values[i] /= norm;
    }
  }
}
