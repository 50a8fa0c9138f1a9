package dev.espalier.domain.study;

import java.util.Locale;

/** When a round removes weights. */
public enum Moment {
  /** After training, from the trained weights. */
  TRAINED,
  /** Instead of training, from the weights that it would have begun with. */
  UNTRAINED;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
