package dev.espalier.compute.prune;

import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Norm;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntUnaryOperator;

/** The weights of one tensor in units that go as a whole: filters, channels or blocks. */
final class Units {
  private final MaskedTensor tensor;
  private final IntUnaryOperator unitOf;
  private final double[] sums; // of worth, or of its squares, of the weights that remain
  private final int[] sizes;
  private final int[] remaining;

  private Units(MaskedTensor tensor, int count, IntUnaryOperator unitOf) {
    this.tensor = tensor;
    this.unitOf = unitOf;
    this.sums = new double[count];
    this.sizes = new int[count];
    this.remaining = new int[count];
  }

  /** The output channels of {@code tensor}. */
  static Units filters(MaskedTensor tensor) {
    Geometry g = Geometry.of(tensor);
    return new Units(tensor, g.outputs(), i -> i / (g.inputs() * g.places()));
  }

  /** The input channels of {@code tensor}. */
  static Units channels(MaskedTensor tensor) {
    Geometry g = Geometry.of(tensor);
    return new Units(tensor, g.inputs(), i -> i / g.places() % g.inputs());
  }

  /** Blocks of {@code size} outputs and inputs, for each place. */
  static Units blocks(MaskedTensor tensor, int size) {
    Geometry g = Geometry.of(tensor);
    int wide = Math.ceilDiv(g.inputs(), size);
    int count = Math.ceilDiv(g.outputs(), size) * wide * g.places();
    return new Units(
        tensor,
        count,
        i -> {
          int input = i / g.places() % g.inputs();
          int output = i / g.places() / g.inputs();
          return (output / size * wide + input / size) * g.places() + i % g.places();
        });
  }

  /**
   * These, with the worth of each summed up in the order of its weights.
   *
   * @param worth of every weight, float32, flat; its sign is ignored
   */
  Units weighed(MemorySegment worth, Norm norm) {
    for (int i = 0; i < tensor.slot().length(); i++) {
      int unit = unitOf.applyAsInt(i);
      sizes[unit]++;
      if (tensor.mask().keeps(i)) {
        double value = worth.getAtIndex(ValueLayout.JAVA_FLOAT, (long) tensor.slot().offset() + i);
        remaining[unit]++;
        sums[unit] +=
            switch (norm) {
              case L1 -> Math.abs(value);
              case L2 -> value * value;
            };
      }
    }
    return this;
  }

  /** The number of units. */
  int count() {
    return sums.length;
  }

  /** How many weights of a unit remain. */
  int remaining(int unit) {
    return remaining[unit];
  }

  /** What a unit is worth, in an order that all units share: its norm, or the square of it. */
  float worth(int unit) {
    return (float) (sums[unit] / sizes[unit]);
  }

  /** The tensor's mask without the units that are {@code gone}. */
  TensorMask without(boolean[] gone) {
    long[] kept = tensor.mask().words();
    for (int i = 0; i < tensor.slot().length(); i++) {
      if (gone[unitOf.applyAsInt(i)]) {
        kept[i / TensorMask.WORD] &= ~(Long.MIN_VALUE >>> i);
      }
    }
    return TensorMask.takeOwnershipOf(tensor.mask().name(), tensor.mask().shape(), kept);
  }
}
