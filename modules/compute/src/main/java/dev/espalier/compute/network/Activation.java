package dev.espalier.compute.network;

/** What is cut off from a value, where the result of a layer passes through it. */
public enum Activation {
  /** Nothing. */
  NONE,
  /** What is below 0: max(0, x). */
  RELU,
  /** What is below 0 or above 6: min(max(0, x), 6). */
  RELU6
}
