package dev.espalier.compute.prune;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;

/**
 * The random controls: a mask whose bits were permuted, so that it keeps as many weights, wherever
 * chance says.
 */
public final class Permutation {
  private Permutation() {}

  /**
   * The permutation of {@code mask} over all prunable weights of the network that {@code seed}
   * draws (Caron et al. 2020, section 4.2).
   */
  public static Mask of(Mask mask, long seed) {
    boolean[] bits = Bits.of(mask);
    boolean[] permuted = new boolean[bits.length];
    permute(bits, permuted, 0, Draws.of(seed, "permuted mask").permutation(bits.length));
    return Bits.toMask(permuted, mask);
  }

  /**
   * As above, but of each tensor in itself: every one keeps as many weights as before, so that this
   * tells which layers are pruned from which weights are (the layerwise shuffle of Frankle et al.
   * 2021, "Pruning neural networks at initialization: why are we missing the mark?").
   */
  public static Mask layerwise(Mask mask, long seed) {
    boolean[] bits = Bits.of(mask);
    boolean[] permuted = new boolean[bits.length];
    int offset = 0;
    for (TensorMask tensor : mask.tensors()) {
      Draws draws = Draws.of(seed, "permuted tensor " + tensor.name());
      permute(bits, permuted, offset, draws.permutation(tensor.length()));
      offset += tensor.length();
    }
    return Bits.toMask(permuted, mask);
  }

  /** Writes the bits from {@code offset} on in the order {@code from}. */
  private static void permute(boolean[] bits, boolean[] permuted, int offset, int[] from) {
    for (int i = 0; i < from.length; i++) {
      permuted[offset + i] = bits[offset + from[i]];
    }
  }
}
