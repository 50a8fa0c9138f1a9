package dev.espalier.compute.prune;

import dev.espalier.compute.plan.Slot;
import java.util.List;

/**
 * Exactly the k weights of least worth among those that remain. Equal worth is broken by tensor
 * name, then by index in the tensor, the lower first.
 *
 * <p>Nothing is sorted: worth is never negative, so its bits order as it does, and three passes
 * over the flat buffer, each counting one digit of them (11, 10 and 10 bits, the highest first),
 * find the worth of the k-th; a fourth removes.
 */
final class Selection {
  private static final int[] DIGITS = {11, 10, 10};
  private static final int BITS = 31; // without the sign

  private final List<Slot> tensors;
  private final float[] worth;
  private final int threshold;
  private final long ties;

  private Selection(List<Slot> tensors, float[] worth, int threshold, long ties) {
    this.tensors = tensors;
    this.worth = worth;
    this.threshold = threshold;
    this.ties = ties;
  }

  /**
   * The {@code count} weights of least worth.
   *
   * @param tensors where to look, sorted by name
   * @param worth of every weight, flat, none negative
   * @param kept which weights remain
   * @param count how many, 0 to those that remain
   * @throws IllegalArgumentException when fewer remain
   */
  static Selection of(List<Slot> tensors, float[] worth, FlatMask kept, long count) {
    if (count == 0) {
      return new Selection(tensors, worth, 0, 0);
    }
    int threshold = 0;
    long rank = count; // of the k-th among the weights that share the threshold's known digits
    int unknown = BITS;
    for (int digit : DIGITS) {
      long[] counts = count(tensors, worth, kept, new Prefix(threshold, unknown, digit));
      int value = 0;
      while (value < counts.length && rank > counts[value]) {
        rank -= counts[value++];
      }
      if (value == counts.length) {
        throw new IllegalArgumentException(
            "expected " + count + " remaining weights to choose from, got " + (count - rank));
      }
      unknown -= digit;
      threshold |= value << unknown;
    }
    return new Selection(tensors, worth, threshold, rank);
  }

  /** How often each value of the next digit comes among weights that share the known digits. */
  private static long[] count(List<Slot> tensors, float[] worth, FlatMask kept, Prefix prefix) {
    long[] counts = new long[1 << prefix.digit()];
    for (Slot slot : tensors) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        int bits = bits(worth[i]);
        if (prefix.isOf(bits) && kept.keeps(i)) {
          counts[prefix.next(bits)]++;
        }
      }
    }
    return counts;
  }

  private static int bits(float worth) {
    return Float.floatToIntBits(worth);
  }

  /** Removes the selected weights from the mask that they were selected under. */
  void removeFrom(FlatMask kept) {
    long left = ties;
    for (Slot slot : tensors) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        int bits = bits(worth[i]);
        boolean tied = bits == threshold && left > 0 && kept.keeps(i);
        if (tied || bits < threshold) {
          kept.remove(i);
          left -= tied ? 1 : 0;
        }
      }
    }
  }

  /**
   * The digits of the threshold that are known.
   *
   * @param threshold with zeros for what is not known
   * @param unknown how many low bits that are
   * @param digit how many of these are counted next
   */
  private record Prefix(int threshold, int unknown, int digit) {
    boolean isOf(int bits) {
      return bits >>> unknown == threshold >>> unknown;
    }

    int next(int bits) {
      return (bits >>> (unknown - digit)) & ((1 << digit) - 1);
    }
  }
}
