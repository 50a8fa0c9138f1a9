package dev.espalier.domain.study;

import java.util.Locale;

/** The number format that a training step computes in. */
public enum Precision {
  /** IEEE 754 single precision throughout. */
  FLOAT32,
  /**
   * Mixed: values and their gradients are held and multiplied in bfloat16 and summed in single
   * precision; weights, moments and running statistics stay in single precision.
   */
  BF16;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
