package dev.espalier.compute.prune;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Shares whole things out: each gets the whole part of what its claim says, and what is left over
 * goes one by one to those with the largest fractions, of equal ones to the first (Hamilton's
 * method). All in whole numbers, so that nothing depends on rounding.
 */
final class Apportionment {
  private Apportionment() {}

  /**
   * {@code total} in proportion to {@code claims}.
   *
   * @param total how many things, at least 0
   * @param claims each at least 0, not all of them 0 unless there is nothing to share
   */
  static long[] of(long total, long[] claims) {
    long sum = LongStream.of(claims).sum();
    long[] shares = new long[claims.length];
    if (sum == 0) {
      return shares;
    }
    for (int i = 0; i < claims.length; i++) {
      shares[i] = Math.multiplyExact(total, claims[i]) / sum;
    }
    IntStream.range(0, claims.length)
        .boxed()
        .sorted(Comparator.comparingLong(i -> -(total * claims[i] % sum)))
        .limit(total - LongStream.of(shares).sum())
        .forEach(i -> shares[i]++);
    return shares;
  }
}
