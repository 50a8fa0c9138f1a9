package dev.espalier.compute.network;

import java.util.List;
import java.util.function.IntUnaryOperator;

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
      case Rectifier r -> List.of(r.input());
      case Sum s -> List.of(s.main(), s.shortcut());
      case Concat c -> c.parts();
      case PadShortcut p -> List.of(p.input());
      case MaxPool p -> List.of(p.input());
      case AveragePool p -> List.of(p.input());
      case Dropout d -> List.of(d.input());
      case Dense d -> List.of(d.input());
    };
  }

  /** The same layer, reading {@code numbers} of n wherever this one reads value n. */
  default Layer renumbered(IntUnaryOperator numbers) {
    return switch (this) {
      case Convolution(var name, int input, int channels, var window, int groups, boolean bias) ->
          new Convolution(name, numbers.applyAsInt(input), channels, window, groups, bias);
      case BatchNorm(var name, int input, var activation) ->
          new BatchNorm(name, numbers.applyAsInt(input), activation);
      case Rectifier(var name, int input, var activation) ->
          new Rectifier(name, numbers.applyAsInt(input), activation);
      case Sum(var name, int main, int shortcut, var activation) ->
          new Sum(name, numbers.applyAsInt(main), numbers.applyAsInt(shortcut), activation);
      case Concat(var name, var parts) ->
          new Concat(name, parts.stream().map(numbers::applyAsInt).toList());
      case PadShortcut(var name, int input, int channels, int stride) ->
          new PadShortcut(name, numbers.applyAsInt(input), channels, stride);
      case MaxPool(var name, int input, var window) ->
          new MaxPool(name, numbers.applyAsInt(input), window);
      case AveragePool(var name, int input, int size) ->
          new AveragePool(name, numbers.applyAsInt(input), size);
      case Dropout(var name, int input, double probability) ->
          new Dropout(name, numbers.applyAsInt(input), probability);
      case Dense(var name, int input, int channels) ->
          new Dense(name, numbers.applyAsInt(input), channels);
    };
  }

  /**
   * A square convolution. Its weights are (channels, channels read ÷ groups, kernel, kernel): each
   * group of output channels reads only the input channels of the same group.
   *
   * @param name its name
   * @param input the value that it reads
   * @param channels the channels that it gives
   * @param window its kernel, stride and padding
   * @param groups parts that channels in and out are split into; as many as channels in and out
   *     make it depthwise
   * @param bias whether a bias is added to each channel
   */
  record Convolution(String name, int input, int channels, Window window, int groups, boolean bias)
      implements Layer {

    /** One of all channels together, without bias, as large as its input where it has no stride. */
    public Convolution(String name, int input, int channels, int kernel, int stride) {
      this(name, input, channels, Window.centred(kernel, stride), 1, false);
    }

    /** One that reads each channel on its own and gives as many, without bias. */
    public static Convolution depthwise(
        String name, int input, int channels, int kernel, int stride) {
      return new Convolution(
          name, input, channels, Window.centred(kernel, stride), channels, false);
    }

    /** The same with a bias. */
    public Convolution biased() {
      return new Convolution(name, input, channels, window, groups, true);
    }

    /** The rows, and columns, of its kernel. */
    public int kernel() {
      return window.size();
    }

    /** How far the kernel is moved. */
    public int stride() {
      return window.stride();
    }

    /** Rows, and columns, of zeros on each side of its input. */
    public int padding() {
      return window.padding();
    }
  }

  /**
   * Batch normalisation with scale and shift, by the batch's own mean and variance in training and
   * by the running ones in evaluation.
   *
   * @param name its name
   * @param input the value that it reads
   * @param activation what follows
   */
  record BatchNorm(String name, int input, Activation activation) implements Layer {
    /** What is added to a variance before its root is taken. */
    public static final double EPSILON = 1e-5;

    /** The share of the batch's mean and variance in the new running ones. */
    public static final double MOMENTUM = 0.1;
  }

  /**
   * An activation on its own, where no layer before it has one: after a convolution or a dense
   * layer.
   *
   * @param name its name; it has no parameters
   * @param input the value that it reads
   * @param activation what it cuts off: not {@link Activation#NONE}
   */
  record Rectifier(String name, int input, Activation activation) implements Layer {}

  /**
   * Where a block ends: main + shortcut.
   *
   * @param name its name; it has no parameters
   * @param main the value from the block's convolutions
   * @param shortcut the value from the block's beginning, of the same volume
   * @param activation what follows
   */
  record Sum(String name, int main, int shortcut, Activation activation) implements Layer {}

  /**
   * The channels of several values one after the other.
   *
   * @param name its name; it has no parameters
   * @param parts the values, two or more, with planes of one size
   */
  record Concat(String name, List<Integer> parts) implements Layer {
    /** Copies the parts. */
    public Concat {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A shortcut without parameters (option A of He et al. 2016, §3.3): of the planes each stride-th
   * row and column, among as many planes of zeros before as behind.
   *
   * @param name its name; it has no parameters
   * @param input the value that it reads
   * @param channels the planes that it gives: as many as it reads, or an even number more
   * @param stride the step, 1 or more
   */
  record PadShortcut(String name, int input, int channels, int stride) implements Layer {}

  /**
   * The largest value under a window; what is padded counts for nothing.
   *
   * @param name its name; it has no parameters
   * @param input the value that it reads
   * @param window its size, step and padding, which is at most half of its size
   */
  record MaxPool(String name, int input, Window window) implements Layer {}

  /**
   * The mean of each channel over the places of each field of a grid.
   *
   * @param name its name; it has no parameters
   * @param input the value that it reads
   * @param size the rows, and columns, of the grid; they must divide those of the input
   */
  record AveragePool(String name, int input, int size) implements Layer {
    /** The mean over all places. */
    public AveragePool(String name, int input) {
      this(name, input, 1);
    }
  }

  /**
   * In a training step each value is 0 with probability p, by {@link
   * dev.espalier.compute.plan.Noise noise} drawn for the step, and else 1 ÷ (1 − p) of itself; in
   * evaluation nothing changes.
   *
   * @param name its name; it has no parameters
   * @param input the value that it reads
   * @param probability p, above 0 and below 1
   */
  record Dropout(String name, int input, double probability) implements Layer {}

  /**
   * A dense layer with bias. Planes are read in PyTorch's order: channel, row, column.
   *
   * @param name its name
   * @param input the value that it reads
   * @param channels the values that it gives
   */
  record Dense(String name, int input, int channels) implements Layer {}
}
