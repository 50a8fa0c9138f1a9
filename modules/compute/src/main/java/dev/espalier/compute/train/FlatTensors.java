package dev.espalier.compute.train;

import dev.espalier.compute.plan.Slot;
import dev.espalier.wire.safetensors.Tensor;
import dev.espalier.wire.safetensors.TensorFile;
import java.util.Arrays;
import java.util.List;

/** A flat buffer as the tensors of a file, under PyTorch's names, and back. */
final class FlatTensors {
  private FlatTensors() {}

  /** The tensors of {@code flat}, each called as its slot with {@code suffix} behind. */
  static List<Tensor> of(List<Slot> slots, float[] flat, String suffix) {
    return slots.stream()
        .map(
            slot ->
                Tensor.ofFloats(
                    slot.name() + suffix,
                    slot.shape(),
                    Arrays.copyOfRange(flat, slot.offset(), slot.end())))
        .toList();
  }

  /**
   * Writes the tensors that {@link #of} gave into {@code flat}.
   *
   * @throws IllegalArgumentException when one is missing or has another shape
   */
  static void copy(TensorFile file, List<Slot> slots, String suffix, float[] flat) {
    for (Slot slot : slots) {
      String name = slot.name() + suffix;
      Tensor tensor =
          file.tensor(name)
              .orElseThrow(
                  () -> new IllegalArgumentException("expected a tensor " + name + ", got none"));
      if (!tensor.shape().equals(slot.shape())) {
        throw new IllegalArgumentException(
            "expected shape %s of %s, got %s".formatted(slot.shape(), name, tensor.shape()));
      }
      System.arraycopy(tensor.floats(), 0, flat, slot.offset(), slot.length());
    }
  }
}
