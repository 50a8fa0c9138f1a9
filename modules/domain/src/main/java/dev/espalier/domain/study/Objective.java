package dev.espalier.domain.study;

import java.util.Locale;

/** What a network is trained on. */
public enum Objective {
  /** The class of each image: softmax cross-entropy over the data set's classes. */
  LABELS,
  /**
   * Which of four rotations was applied: softmax cross-entropy over 0, 90, 180, 270 degrees, all
   * four of an image in a batch (Gidaris et al. 2018).
   */
  ROTATION;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
