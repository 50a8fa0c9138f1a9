package dev.espalier.compute.train;

import dev.espalier.compute.plan.NativeArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sums whose bits depend neither on the order of their terms nor on how these were grouped: each
 * term is rounded to a multiple of 2⁻⁹⁶, and multiples are added as whole numbers of 128 bits.
 */
final class ExactSums implements AutoCloseable {
  /** Terms are below it in size, so that 2¹⁴ of them have a sum. */
  static final double LIMIT = 0x1p17;

  private static final int SCALE = 96;
  private static final int DIGITS = 52; // of a double behind its first
  private static final double HIGH_UNIT = 0x1p-32;
  private static final double LOW_UNIT = 0x1p-96;
  private static final double HALF_RANGE = 0x1p63;

  private final int length;
  private final NativeArray memory; // all high words, then all low ones

  /** {@code length} sums of nothing. */
  ExactSums(int length) {
    this.length = length;
    this.memory = NativeArray.doubles(2L * length);
  }

  /** How many there are. */
  int length() {
    return length;
  }

  /** Their high words, and behind them their low ones: 64-bit integers in native order. */
  MemorySegment segment() {
    return memory.segment();
  }

  /**
   * Adds {@code term} to a sum.
   *
   * @throws ArithmeticException unless it is below {@link #LIMIT} in size
   */
  void add(int index, double term) {
    if (!(Math.abs(term) < LIMIT)) {
      throw new ArithmeticException("expected a term below " + LIMIT + " in size, got " + term);
    }
    long digits = (Double.doubleToRawLongBits(term) & ((1L << DIGITS) - 1)) | 1L << DIGITS;
    int shift = Math.getExponent(term) - DIGITS + SCALE;
    long high = 0;
    long low = 0;
    if (shift > 0) {
      high = shift < Long.SIZE ? digits >>> (Long.SIZE - shift) : digits << (shift - Long.SIZE);
      low = shift < Long.SIZE ? digits << shift : 0;
    } else if (shift >= -DIGITS - 1) {
      low = shift == 0 ? digits : (digits + (1L << (-shift - 1))) >>> -shift;
    }
    if (term < 0) {
      low = -low;
      high = ~high + (low == 0 ? 1 : 0);
    }
    add(index, high, low);
  }

  private void add(int index, long high, long low) {
    long before = low(index);
    long after = before + low;
    int carry = Long.compareUnsigned(after, before) < 0 ? 1 : 0;
    segment().setAtIndex(ValueLayout.JAVA_LONG, (long) length + index, after);
    segment().setAtIndex(ValueLayout.JAVA_LONG, index, high(index) + high + carry);
  }

  /**
   * Adds other sums to these, each to that of its place.
   *
   * @param high their high words, 64-bit integers in native order
   * @param low their low words
   */
  void add(MemorySegment high, MemorySegment low) {
    for (int i = 0; i < length; i++) {
      add(
          i,
          high.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i),
          low.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i));
    }
  }

  /** A sum, rounded to float64. */
  double get(int index) {
    long high = high(index);
    long low = low(index);
    if (high >= 0) {
      return rounded(high, low);
    }
    return -rounded(~high + (low == 0 ? 1 : 0), -low);
  }

  private static double rounded(long high, long low) {
    double unsigned = low >= 0 ? low : (low & Long.MAX_VALUE) + HALF_RANGE;
    return high * HIGH_UNIT + unsigned * LOW_UNIT;
  }

  private long high(int index) {
    return segment().getAtIndex(ValueLayout.JAVA_LONG, index);
  }

  private long low(int index) {
    return segment().getAtIndex(ValueLayout.JAVA_LONG, (long) length + index);
  }

  @Override
  public void close() {
    memory.close();
  }
}
