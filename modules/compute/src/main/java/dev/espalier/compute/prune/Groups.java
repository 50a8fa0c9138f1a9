package dev.espalier.compute.prune;

import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Pattern;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Leaves at most n of every m successive inputs, those of most worth. */
final class Groups {
  private final MaskedTensor tensor;
  private final Geometry geometry;
  private final MemorySegment worth;
  private final Pattern.NOfM pattern;
  private final long[] kept;

  /**
   * The groups of one tensor.
   *
   * @param worth of every weight, float32, flat; its sign is ignored
   */
  Groups(MaskedTensor tensor, MemorySegment worth, Pattern.NOfM pattern) {
    this.tensor = tensor;
    this.geometry = Geometry.of(tensor);
    this.worth = worth;
    this.pattern = pattern;
    this.kept = tensor.mask().words();
  }

  /** What is left of the tensor. */
  TensorMask thinned() {
    int end = geometry.inputs() / pattern.of() * pattern.of();
    for (int output = 0; output < geometry.outputs(); output++) {
      for (int first = 0; first < end; first += pattern.of()) {
        for (int place = 0; place < geometry.places(); place++) {
          thin(geometry.index(output, first, place));
        }
      }
    }
    return TensorMask.takeOwnershipOf(tensor.mask().name(), tensor.mask().shape(), kept);
  }

  private void thin(int first) {
    int remaining = 0;
    for (int i = 0; i < pattern.of(); i++) {
      remaining += keeps(first + i * geometry.places()) ? 1 : 0;
    }
    for (; remaining > pattern.kept(); remaining--) {
      int least = least(first);
      kept[least / TensorMask.WORD] &= ~(Long.MIN_VALUE >>> least);
    }
  }

  /** The weight of least worth that remains in a group, of equal ones the first. */
  private int least(int first) {
    int least = -1;
    int fewest = 0;
    for (int i = 0; i < pattern.of(); i++) {
      int index = first + i * geometry.places();
      int bits = bits(index);
      if (keeps(index) && (least < 0 || bits < fewest)) {
        least = index;
        fewest = bits;
      }
    }
    return least;
  }

  private boolean keeps(int index) {
    return (kept[index / TensorMask.WORD] & (Long.MIN_VALUE >>> index)) != 0;
  }

  /** The bits of a weight's worth, which order as it does. */
  private int bits(int index) {
    int value = worth.getAtIndex(ValueLayout.JAVA_INT, (long) tensor.slot().offset() + index);
    return value & Integer.MAX_VALUE;
  }
}
