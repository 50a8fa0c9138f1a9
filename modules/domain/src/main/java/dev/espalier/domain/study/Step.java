package dev.espalier.domain.study;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One step of an {@link OwnNetwork}: a layer, or a part with layers inside. The parameters of a
 * layer are named by its place, as in nested {@code nn.Sequential}s of PyTorch: {@code 0.weight},
 * {@code 4.main.0.weight}, {@code 5.paths.1.0.weight}; a name takes the place of the number.
 */
public sealed interface Step {
  /** What its parameters are named by instead of its number. */
  Optional<String> name();

  /**
   * A square convolution.
   *
   * @param channels the channels that it gives
   * @param kernel rows, and columns, of the kernel
   * @param stride how far it is moved
   * @param padding zeros on each side; half the kernel, rounded down, when absent
   * @param groups parts that the channels are split into
   * @param bias whether a bias is added
   */
  record Convolution(
      int channels,
      int kernel,
      int stride,
      OptionalInt padding,
      int groups,
      boolean bias,
      Optional<String> name)
      implements Step {}

  /**
   * A convolution of each channel on its own, padded by half its kernel.
   *
   * @param kernel rows, and columns, of the kernel
   * @param stride how far it is moved
   * @param bias whether a bias is added
   */
  record Depthwise(int kernel, int stride, boolean bias, Optional<String> name) implements Step {}

  /** Batch normalisation with scale and shift. */
  record BatchNorm(Optional<String> name) implements Step {}

  /** max(0, x). */
  record Relu(Optional<String> name) implements Step {}

  /** min(max(0, x), 6). */
  record Relu6(Optional<String> name) implements Step {}

  /**
   * The largest value under a window.
   *
   * @param size its rows, and columns
   * @param stride how far it is moved; its size when absent
   * @param padding what is added on each side
   */
  record MaxPool(int size, OptionalInt stride, int padding, Optional<String> name)
      implements Step {}

  /**
   * Means over the fields of a grid.
   *
   * @param size its rows, and columns; 1 means over all places
   */
  record AveragePool(int size, Optional<String> name) implements Step {}

  /**
   * Dropout.
   *
   * @param probability that a value becomes 0
   */
  record Dropout(double probability, Optional<String> name) implements Step {}

  /**
   * A dense layer with bias.
   *
   * @param channels the values that it gives
   */
  record Dense(int channels, Optional<String> name) implements Step {}

  /**
   * The sum of what two sequences give for the same input.
   *
   * @param main the one, at least one step
   * @param shortcut the other; the input itself when empty
   */
  record Residual(List<Step> main, List<Step> shortcut, Optional<String> name) implements Step {
    /**
     * Copies both.
     *
     * @throws IllegalArgumentException when the main one is empty
     */
    public Residual {
      main = List.copyOf(main);
      shortcut = List.copyOf(shortcut);
      if (main.isEmpty()) {
        throw new IllegalArgumentException("expected at least one layer in main, got none");
      }
    }
  }

  /**
   * Several sequences of the same input, joined.
   *
   * @param paths two or more; an empty one is the input itself
   * @param join how what they give becomes one
   */
  record Branch(List<List<Step>> paths, Join join, Optional<String> name) implements Step {
    /**
     * Copies the paths.
     *
     * @throws IllegalArgumentException when there are fewer than two
     */
    public Branch {
      paths = paths.stream().map(List::copyOf).toList();
      if (paths.size() < 2) {
        throw new IllegalArgumentException("expected at least two paths, got " + paths.size());
      }
    }
  }
}
