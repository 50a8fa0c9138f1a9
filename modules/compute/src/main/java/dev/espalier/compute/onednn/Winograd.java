package dev.espalier.compute.onednn;

import java.util.Arrays;
import java.util.Optional;

/**
 * A size of Winograd's minimal filtering: m x m outputs of a 3 x 3 convolution with stride 1 from
 * (m + 2) x (m + 2) products, where a direct convolution takes 9 m x m. Every transform is a map of
 * lines, applied to the columns of a tile and then to its rows.
 */
enum Winograd {
  /** F(2 x 2, 3 x 3). */
  F2("winograd2", 2, Winograd2.class),
  /** F(4 x 4, 3 x 3). */
  F4("winograd4", 4, Winograd4.class);

  /** Rows, and columns, of a filter. */
  static final int KERNEL = 3;

  private final String label;
  private final int outputs;
  private final Class<?> lines;

  Winograd(String label, int outputs, Class<?> lines) {
    this.label = label;
    this.outputs = outputs;
    this.lines = lines;
  }

  /** The one that tables call {@code name}, if one is called so. */
  static Optional<Winograd> named(String name) {
    return Arrays.stream(values()).filter(form -> form.label.equals(name)).findFirst();
  }

  /** m: rows, and columns, of outputs in a tile. */
  int outputs() {
    return outputs;
  }

  /** m + 2: rows, and columns, of products in a tile. */
  int products() {
    return outputs + KERNEL - 1;
  }

  /** Products in a tile. */
  int points() {
    return products() * products();
  }

  /** From m + 2 values of the input. */
  LineMap data() {
    return LineMap.of(lines, "data");
  }

  /** From m + 2 products to m outputs. */
  LineMap output() {
    return LineMap.of(lines, "output");
  }

  /** From m values of the output's gradient. */
  LineMap gradient() {
    return LineMap.of(lines, "gradient");
  }

  /** From 3 weights. */
  LineMap filter() {
    return LineMap.of(lines, "filter");
  }

  /** To the gradients of 3 weights. */
  LineMap filterGradient() {
    return LineMap.of(lines, "filterGradient");
  }

  /** How tables name it. */
  @Override
  public String toString() {
    return label;
  }
}
