package dev.espalier.domain.study;

import java.util.Locale;

/** What the network of a round after the first begins its training with (Renda et al. 2020). */
public enum Retraining {
  /** W_k, and the learning rate goes on from step k: weight rewinding. */
  REWIND,
  /** W* of the round before, and the learning rate goes on from step k: learning rate rewinding. */
  RATE,
  /**
   * W* of the round before, for as many steps as {@link #REWIND} takes, all at the learning rate of
   * the last step of training: fine-tuning.
   */
  FINETUNE;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
