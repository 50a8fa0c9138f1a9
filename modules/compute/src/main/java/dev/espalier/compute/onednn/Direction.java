package dev.espalier.compute.onednn;

import java.util.Locale;

/** What is computed of a convolution. */
enum Direction {
  /** Its output, from input and weights. */
  FORWARD,
  /** The gradient of its input, from the output's and the weights. */
  BACKWARD_DATA,
  /** The gradient of its weights, from the output's and the input. */
  BACKWARD_WEIGHTS;

  /** The name in tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
