package dev.espalier.compute.prune;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.mask.Mask;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The random control that is adjusted for natural sparsity (Caron et al. 2020, figures 3b and 8):
 * first go the weights that training had driven to zero by itself, then others by chance. A plain
 * random mask would remove weights that are of use where pruning removes what is dead anyway, and
 * would pay for it at every density.
 */
public final class AdjustedControl {
  private AdjustedControl() {}

  /**
   * A mask that keeps as many weights as {@code mask}. When dead weights alone are more than are to
   * go, chance says which of them stay.
   *
   * @param alive the weights that the trained dense network has not driven to zero, see {@link
   *     NaturalSparsity}
   * @param seed what is drawn from
   * @throws IllegalArgumentException when the two are of different networks
   */
  public static Mask of(Mask mask, Mask alive, long seed) {
    long total = mask.overlap(alive).total();
    boolean[] living = Bits.of(alive);
    boolean[] kept = new boolean[living.length];
    Arrays.fill(kept, true);
    int[] order = Draws.of(seed, "adjusted mask").permutation(kept.length);
    long left = remove(total - mask.count(), kept, order, i -> !living[i]);
    remove(left, kept, order, i -> living[i]);
    return Bits.toMask(kept, mask);
  }

  /** Removes so many weights that are eligible, in order, and gives how many are still to go. */
  private static long remove(long count, boolean[] kept, int[] order, IntPredicate eligible) {
    long left = count;
    for (int i = 0; i < order.length && left > 0; i++) {
      if (eligible.test(order[i])) {
        kept[order[i]] = false;
        left--;
      }
    }
    return left;
  }
}
