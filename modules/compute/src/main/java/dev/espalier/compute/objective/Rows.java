package dev.espalier.compute.objective;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums along rows of float64 values, four to a vector whatever the processor, so that their bits
 * are the same everywhere.
 */
final class Rows {
  private static final VectorSpecies<Double> FOUR = DoubleVector.SPECIES_256;
  private static final int LANES = FOUR.length();

  private Rows() {}

  /** Σ a·b of {@code length} values from {@code aAt} and {@code bAt} on. */
  static double dot(double[] a, int aAt, double[] b, int bAt, int length) {
    DoubleVector even = DoubleVector.zero(FOUR);
    DoubleVector odd = DoubleVector.zero(FOUR);
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      even = at(a, aAt + i).fma(at(b, bAt + i), even);
      odd = at(a, aAt + i + LANES).fma(at(b, bAt + i + LANES), odd);
    }
    double rest = 0;
    for (; i < length; i++) {
      rest += a[aAt + i] * b[bAt + i];
    }
    DoubleVector sums = even.add(odd);
    return sums.lane(0) + sums.lane(1) + (sums.lane(2) + sums.lane(3)) + rest;
  }

  private static DoubleVector at(double[] values, int index) {
    return DoubleVector.fromArray(FOUR, values, index);
  }

  /** Adds {@code factor} times one row to another. */
  static void add(double factor, double[] from, int fromAt, double[] to, int toAt, int length) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      at(from, fromAt + i).mul(factor).add(at(to, toAt + i)).intoArray(to, toAt + i);
    }
    for (; i < length; i++) {
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
