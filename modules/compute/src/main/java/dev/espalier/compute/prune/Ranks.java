package dev.espalier.compute.prune;

import dev.espalier.compute.parallel.Crew;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the weight of a rank among those that scans of one band hold, without sorting them. */
final class Ranks {
  private static final int DIGIT = 11;
  private static final int FINE_DIGIT = 16;
  private static final int WORTH = Integer.SIZE - 1; // without the sign

  private final List<BandScan> scans;
  private final Crew crew;

  Ranks(List<BandScan> scans, Crew crew) {
    this.scans = scans;
    this.crew = crew;
  }

  /** Removes the {@code count} weights of least worth, at least 1, of those in {@code band}. */
  void remove(long count, Band band) {
    int above = 0;
    long left = count;
    int unknown = Integer.SIZE - Integer.numberOfLeadingZeros(band.span());
    while (unknown > 0) {
      int digit = Math.min(DIGIT, unknown);
      long[] counts = counts((long) above >>> unknown, unknown, digit);
      int value = 0;
      while (left > counts[value]) {
        left -= counts[value++];
      }
      unknown -= digit;
      above |= value << unknown;
    }
    removeUpTo(above, left);
  }

  /** Removes all below, and the first {@code ties} of those at {@code above}. */
  private void removeUpTo(int above, long ties) {
    crew.run(part -> scans.get(part).removeBelow(above));
    long left = ties;
    for (BandScan scan : scans) {
      left -= scan.removeTied(above, left);
    }
  }

  /** How often each value of the next digit comes where those before it are {@code known}. */
  private long[] counts(long known, int unknown, int digit) {
    List<int[]> each = new ArrayList<>(Collections.nCopies(scans.size(), new int[0]));
    crew.run(part -> each.set(part, scans.get(part).counts(known, unknown, digit)));
    long[] counts = new long[1 << digit];
    for (int[] part : each) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += part[i];
      }
    }
    return counts;
  }

  /**
   * A band, to the precision of one digit, that has the weights from one rank to another of scans
   * of all worth.
   */
  Band between(double from, double to) {
    long[] counts = counts(0, WORTH, FINE_DIGIT);
    int shift = WORTH - FINE_DIGIT;
    long before = 0;
    int low = 0;
    while (low < counts.length - 1 && before + counts[low] < from) {
      before += counts[low++];
    }
    int high = low;
    while (high < counts.length - 1 && before + counts[high] < to) {
      before += counts[high++];
    }
    return new Band(low << shift, ((high + 1) << shift) - 1);
  }
}
