package dev.espalier.domain.study;

import java.util.Locale;

/**
 * How a mask or the weights under it are judged; always by the data set's labels, on its test
 * images.
 */
public enum Evaluation {
  /**
   * Retrain on labels from W_k of the run that found the mask, with a new head where the heads
   * differ.
   */
  TICKET,
  /** Retrain on labels from fresh weights, keeping the mask. */
  REINIT,
  /** The control: retrain on labels from fresh weights under a global permutation of the mask. */
  RANDOM,
  /**
   * Train a linear classifier on the frozen penultimate features of the pruned, trained network.
   */
  PROBE;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
