package dev.espalier.compute.prune;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import java.util.ArrayList;
import java.util.List;

/**
 * The random control: a mask whose bits were permuted over all prunable weights of the network, so
 * that it keeps as many of them, wherever chance says (Caron et al. 2020, section 4.2).
 */
public final class Permutation {
  private Permutation() {}

  /** The permutation of {@code mask} that {@code seed} draws. */
  public static Mask of(Mask mask, long seed) {
    int total = mask.tensors().stream().mapToInt(TensorMask::length).reduce(0, Math::addExact);
    int[] from = Draws.of(seed, "permuted mask").permutation(total);
    boolean[] bits = bits(mask, total);
    List<TensorMask> permuted = new ArrayList<>();
    int offset = 0;
    for (TensorMask tensor : mask.tensors()) {
      boolean[] kept = new boolean[tensor.length()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = bits[from[offset + i]];
      }
      permuted.add(TensorMask.of(tensor.name(), tensor.shape(), kept));
      offset += kept.length;
    }
    return Mask.of(permuted);
  }

  private static boolean[] bits(Mask mask, int total) {
    boolean[] bits = new boolean[total];
    int offset = 0;
    for (TensorMask tensor : mask.tensors()) {
      for (int i = 0; i < tensor.length(); i++) {
        bits[offset + i] = tensor.keeps(i);
      }
      offset += tensor.length();
    }
    return bits;
  }
}
