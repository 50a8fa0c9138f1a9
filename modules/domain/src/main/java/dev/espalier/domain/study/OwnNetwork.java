package dev.espalier.domain.study;

import java.util.List;

/**
 * A network that a user describes, step by step. After the last step comes a dense layer {@code fc}
 * with as many outputs as there are answers; it reads planes in PyTorch's order: channel, row,
 * column.
 *
 * @param name what to call it in messages and reports
 * @param layers the steps, one after the other; at least one
 */
public record OwnNetwork(String name, List<Step> layers) implements Network {
  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException when the name is blank or there is no step
   */
  public OwnNetwork {
    layers = List.copyOf(layers);
    if (name.isBlank() || layers.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a network with a name and at least one layer, got \"" + name + "\", " + layers);
    }
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
