package dev.espalier.fleet.view;

import java.util.stream.IntStream;

/**
 * Leaves out points of a long series so that a plot of it looks the same: what is left is the first
 * and the last, and of each of equally many points between them the least and the greatest. Minima
 * and maxima rather than the largest triangles of three buckets (Steinarsson 2013), because those
 * keep one point of a bucket, which need not be its extreme, and a spike of a loss is what a reader
 * looks for.
 */
final class Downsampling {
  /** The first, the last, and two between them. */
  static final int LEAST = 4;

  private Downsampling() {}

  /**
   * Which of {@code values} stay: at most {@code most} of them, ascending.
   *
   * @param values finite ones
   * @param most at least {@link #LEAST}
   */
  static int[] indices(double[] values, int most) {
    if (most < LEAST) {
      throw new IllegalArgumentException("expected at least " + LEAST + " points, got " + most);
    }
    if (values.length <= most) {
      return IntStream.range(0, values.length).toArray();
    }
    int buckets = (most - 2) / 2;
    long between = values.length - 2L;
    IntStream.Builder kept = IntStream.builder().add(0);
    for (int bucket = 0; bucket < buckets; bucket++) {
      int from = 1 + (int) (between * bucket / buckets);
      int to = 1 + (int) (between * (bucket + 1) / buckets);
      addExtremes(values, from, to, kept);
    }
    return kept.add(values.length - 1).build().toArray();
  }

  private static void addExtremes(double[] values, int from, int to, IntStream.Builder kept) {
    int least = from;
    int greatest = from;
    for (int i = from + 1; i < to; i++) {
      least = values[i] < values[least] ? i : least;
      greatest = values[i] > values[greatest] ? i : greatest;
    }
    kept.add(Math.min(least, greatest));
    if (least != greatest) {
      kept.add(Math.max(least, greatest));
    }
  }
}
