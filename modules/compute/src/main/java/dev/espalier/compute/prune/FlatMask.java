package dev.espalier.compute.prune;

import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A mask as the flat buffers of a network have it: 1 where a weight stays, 0 where it was removed,
 * and 1 wherever nothing is prunable.
 */
public final class FlatMask {
  private final List<Slot> prunable;
  private final float[] values;

  private FlatMask(List<Slot> slots, float[] values) {
    this.prunable =
        slots.stream().filter(Slot::prunable).sorted(Comparator.comparing(Slot::name)).toList();
    this.values = values;
  }

  /** The mask of a dense network. */
  public static FlatMask dense(List<Slot> slots) {
    float[] values = new float[slots.stream().mapToInt(Slot::end).max().orElse(0)];
    Arrays.fill(values, 1);
    return new FlatMask(slots, values);
  }

  /**
   * The flat form of {@code mask}.
   *
   * @throws IllegalArgumentException unless the mask has exactly the prunable tensors of {@code
   *     slots}, in their shapes
   */
  public static FlatMask of(List<Slot> slots, Mask mask) {
    FlatMask flat = dense(slots);
    if (mask.tensors().size() != flat.prunable.size()) {
      throw new IllegalArgumentException(
          "expected a mask of the %d prunable tensors of the network, got one of %d"
              .formatted(flat.prunable.size(), mask.tensors().size()));
    }
    for (int i = 0; i < flat.prunable.size(); i++) {
      flat.take(flat.prunable.get(i), mask.tensors().get(i));
    }
    return flat;
  }

  private void take(Slot slot, TensorMask mask) {
    if (!slot.name().equals(mask.name()) || !slot.shape().equals(mask.shape())) {
      throw new IllegalArgumentException(
          "mask of %s has shape %s, expected %s of shape %s"
              .formatted(mask.name(), mask.shape(), slot.name(), slot.shape()));
    }
    for (int i = 0; i < slot.length(); i++) {
      values[slot.offset() + i] = mask.keeps(i) ? 1 : 0;
    }
  }

  /** The prunable tensors, sorted by name. */
  List<Slot> prunable() {
    return prunable;
  }

  /** Whether the weight at {@code index} of the flat buffers stays. */
  boolean keeps(int index) {
    return values[index] != 0;
  }

  /** Removes the weight at {@code index} of the flat buffers. */
  void remove(int index) {
    values[index] = 0;
  }

  /** How many prunable weights stay. */
  public long count() {
    long count = 0;
    for (Slot slot : prunable) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        count += keeps(i) ? 1 : 0;
      }
    }
    return count;
  }

  /** How many prunable weights there are. */
  public long total() {
    return prunable.stream().mapToLong(Slot::length).sum();
  }

  /** A copy of the values, as the flat buffers have them. */
  public float[] values() {
    return values.clone();
  }

  /** Sets every weight that was removed to exactly 0. */
  public void applyTo(float[] weights) {
    for (int i = 0; i < values.length; i++) {
      weights[i] = keeps(i) ? weights[i] : 0;
    }
  }

  /** How many weights are not 0 although they were removed. */
  public long violations(float[] weights) {
    long violations = 0;
    for (int i = 0; i < values.length; i++) {
      violations += weights[i] != 0 && !keeps(i) ? 1 : 0;
    }
    return violations;
  }

  /** The mask, tensor by tensor. */
  public Mask toMask() {
    return Mask.of(prunable.stream().map(this::tensor).toList());
  }

  private TensorMask tensor(Slot slot) {
    boolean[] kept = new boolean[slot.length()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = keeps(slot.offset() + i);
    }
    return TensorMask.of(slot.name(), slot.shape(), kept);
  }
}
