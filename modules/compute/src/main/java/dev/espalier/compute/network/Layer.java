package dev.espalier.compute.network;

import java.util.List;

/**
 * One layer. Values are numbered in the order in which they are computed: value 0 is the batch of
 * images, and layer i of {@link Architecture#layers} gives value i + 1 from values before it.
 */
public sealed interface Layer {
  /**
   * The name, as PyTorch has it; the layer's parameters are called {@code name.weight} and so on.
   */
  String name();

  /** The numbers of the values that it reads. */
  default List<Integer> inputs() {
    return switch (this) {
      case Convolution c -> List.of(c.input());
      case BatchNorm b -> List.of(b.input());
      case AddRelu a -> List.of(a.main(), a.shortcut());
      case AveragePool p -> List.of(p.input());
      case Dense d -> List.of(d.input());
    };
  }

  /**
   * A square convolution without bias, padded with (kernel − 1) / 2 zeros on each side.
   *
   * @param name its name
   * @param input the value that it reads
   * @param channels the channels that it gives
   * @param kernel rows, and columns, of the kernel: odd
   * @param stride the step, 1 or more
   */
  record Convolution(String name, int input, int channels, int kernel, int stride)
      implements Layer {}

  /**
   * Batch normalisation with scale and shift, by the batch's own mean and variance in training and
   * by the running ones in evaluation.
   *
   * @param name its name
   * @param input the value that it reads
   * @param relu whether max(0, ·) follows
   */
  record BatchNorm(String name, int input, boolean relu) implements Layer {
    /** What is added to a variance before its root is taken. */
    public static final double EPSILON = 1e-5;

    /** The share of the batch's mean and variance in the new running ones. */
    public static final double MOMENTUM = 0.1;
  }

  /**
   * Where a block ends: max(0, main + shortcut).
   *
   * @param name its name; it has no parameters
   * @param main the value from the block's convolutions
   * @param shortcut the value from the block's beginning, of the same volume
   */
  record AddRelu(String name, int main, int shortcut) implements Layer {}

  /**
   * The mean of each channel over all its places.
   *
   * @param name its name; it has no parameters
   * @param input the value that it reads
   */
  record AveragePool(String name, int input) implements Layer {}

  /**
   * A dense layer with bias.
   *
   * @param name its name
   * @param input the value that it reads
   * @param channels the values that it gives
   */
  record Dense(String name, int input, int channels) implements Layer {}
}
