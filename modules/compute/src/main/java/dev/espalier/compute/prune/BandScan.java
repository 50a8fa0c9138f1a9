package dev.espalier.compute.prune;

import dev.espalier.compute.prune.Shares.Stretch;
import dev.espalier.domain.mask.TensorMask;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One thread's pass over its share of the remaining weights: removes what is below a band, counts
 * it, and holds what is in the band for a closer look.
 */
final class BandScan {
  private static final VectorSpecies<Integer> LANES = IntVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long PLACE = (1L << Integer.SIZE) - 1;

  private final MemorySegment worth;
  private final Band band;
  private final int most;
  private final long[] kept;
  private long[] held; // worth above the band's least, and behind it the weight's place in kept
  private int size;
  private long below;
  private long within;

  /**
   * A scan that has seen nothing yet.
   *
   * @param worth of every weight, float32, flat; its sign is ignored
   * @param band what to look for
   * @param room how many weights it holds at first, and how many at most, each about
   * @param kept where the words of the masks go that keep the band and what is above
   */
  BandScan(MemorySegment worth, Band band, Room room, long[] kept) {
    this.worth = worth;
    this.band = band;
    this.most = room.most();
    this.kept = kept;
    this.held = new long[room.first() + TensorMask.WORD];
  }

  /**
   * How many weights a scan holds.
   *
   * @param first what there is room for at first
   * @param most what room is made for
   */
  record Room(int first, int most) {}

  /** Looks at what remains of a stretch. */
  void see(Stretch stretch) {
    MaskedTensor tensor = stretch.tensor();
    for (int i = 0; i < stretch.words(); i++) {
      long at = tensor.at(stretch.from() + i);
      long remaining = tensor.remaining(stretch.from() + i);
      if (tensor.isWhole(stretch.from() + i)) {
        see(at, remaining, stretch.number() + i);
      } else {
        seeLast(at, remaining, stretch.number() + i);
      }
    }
  }

  private void see(long at, long remaining, int word) {
    long less = 0;
    long inside = 0;
    for (int lane = 0; lane < TensorMask.WORD; lane += LANES.length()) {
      IntVector above =
          IntVector.fromMemorySegment(LANES, worth, at + (long) lane * Float.BYTES, ORDER)
              .and(Integer.MAX_VALUE)
              .sub(band.low());
      less |= above.compare(VectorOperators.LT, 0).toLong() << lane;
      inside |= above.compare(VectorOperators.ULE, band.span()).toLong() << lane;
    }
    note(less & remaining, inside & remaining, at, remaining, word);
  }

  /** The same one by one: behind the last weight the buffer may end. */
  private void seeLast(long at, long remaining, int word) {
    long less = 0;
    long inside = 0;
    for (long left = remaining; left != 0; left &= left - 1) {
      long above = above(at, Long.numberOfTrailingZeros(left));
      less |= above < 0 ? Long.lowestOneBit(left) : 0;
      inside |= above >= 0 && above <= band.span() ? Long.lowestOneBit(left) : 0;
    }
    note(less, inside, at, remaining, word);
  }

  private long above(long at, int lane) {
    int bits = worth.get(ValueLayout.JAVA_INT_UNALIGNED, at + (long) lane * Float.BYTES);
    return (bits & Integer.MAX_VALUE) - (long) band.low();
  }

  private void note(long less, long inside, long at, long remaining, int word) {
    below += Long.bitCount(less);
    within += Long.bitCount(inside);
    kept[word] = Long.reverse(remaining & ~less);
    if (inside != 0) {
      hold(inside, at, word);
    }
  }

  private void hold(long inside, long at, int word) {
    if (size + TensorMask.WORD > held.length && size < most) {
      held = Arrays.copyOf(held, held.length * 2);
    }
    if (size + TensorMask.WORD <= held.length) {
      long place = (long) word * TensorMask.WORD;
      for (long left = inside; left != 0; left &= left - 1) {
        int lane = Long.numberOfTrailingZeros(left);
        held[size++] = (above(at, lane) << Integer.SIZE) | (place + lane);
      }
    }
  }

  /** Remaining weights below the band. */
  long below() {
    return below;
  }

  /** Remaining weights in the band. */
  long within() {
    return within;
  }

  /** Whether it holds all weights in the band. */
  boolean holdsAll() {
    return size == within;
  }

  /** How many weights in the band it holds. */
  int size() {
    return size;
  }

  /**
   * How often each value of a digit comes among the held weights' distances from the band's least.
   *
   * @param known the digits before it, which have to be these
   * @param unknown the bits that are not in {@code known}
   * @param digit the first how many of them are the digit
   */
  int[] counts(long known, int unknown, int digit) {
    int[] counts = new int[1 << digit];
    int shift = Integer.SIZE + unknown - digit;
    for (int i = 0; i < size; i++) {
      if (held[i] >>> (Integer.SIZE + unknown) == known) {
        counts[(int) (held[i] >>> shift) & (counts.length - 1)]++;
      }
    }
    return counts;
  }

  /** Removes the held weights less than {@code above} above the band's least. */
  void removeBelow(int above) {
    for (int i = 0; i < size; i++) {
      if (held[i] >>> Integer.SIZE < above) {
        remove(i);
      }
    }
  }

  /** Removes the first {@code most} held weights just {@code above} the band's least; how many. */
  long removeTied(int above, long mostTies) {
    long removed = 0;
    for (int i = 0; i < size && removed < mostTies; i++) {
      if (held[i] >>> Integer.SIZE == above) {
        remove(i);
        removed++;
      }
    }
    return removed;
  }

  private void remove(int index) {
    long place = held[index] & PLACE;
    kept[(int) (place / TensorMask.WORD)] &= ~(Long.MIN_VALUE >>> place);
  }
}
