package dev.espalier.compute.prune;

import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import java.util.ArrayList;
import java.util.List;

/** The bits of a mask one after the other, tensor by tensor in the order of their names. */
final class Bits {
  private Bits() {}

  /** Whether each weight of {@code mask} stays. */
  static boolean[] of(Mask mask) {
    int total = mask.tensors().stream().mapToInt(TensorMask::length).reduce(0, Math::addExact);
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

  /** The mask of the tensors of {@code like} that {@code bits} are those of. */
  static Mask toMask(boolean[] bits, Mask like) {
    List<TensorMask> tensors = new ArrayList<>();
    int offset = 0;
    for (TensorMask tensor : like.tensors()) {
      boolean[] kept = new boolean[tensor.length()];
      System.arraycopy(bits, offset, kept, 0, kept.length);
      tensors.add(TensorMask.of(tensor.name(), tensor.shape(), kept));
      offset += kept.length;
    }
    return Mask.of(tensors);
  }
}
