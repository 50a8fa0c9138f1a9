package dev.espalier.compute.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How far two lists of numbers are in the same order. */
final class Ranking {
  private Ranking() {}

  /** Spearman's correlation: 1 when the order is the same. */
  static double correlation(double[] one, double[] other) {
    double[] first = ranks(one);
    double[] second = ranks(other);
    double mean = (one.length - 1) / 2.0;
    double product = 0;
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      product += (first[i] - mean) * (second[i] - mean);
      squares += (first[i] - mean) * (first[i] - mean);
    }
    return product / squares;
  }

  private static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }
}
