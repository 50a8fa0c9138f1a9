package dev.espalier.compute.prune;

/**
 * A range of worth, by its bits: worth is never negative, so its bits order as it does.
 *
 * @param low the least bits in it, 0 or more
 * @param high the greatest bits in it, at least {@code low}
 */
record Band(int low, int high) {
  /** All of worth. */
  static final Band ALL = new Band(0, Integer.MAX_VALUE);

  /** The distance from its least to its greatest bits. */
  int span() {
    return high - low;
  }

  /** What lies below {@code other}, which begins within this one and above its least. */
  Band below(Band other) {
    return new Band(low, other.low - 1);
  }

  /** What lies above {@code other}, which ends within this one and below its greatest. */
  Band above(Band other) {
    return new Band(other.high + 1, high);
  }

  /** Its lower half, which is less than the whole unless that is a single value. */
  Band lowerHalf() {
    return new Band(low, low + span() / 2);
  }
}
