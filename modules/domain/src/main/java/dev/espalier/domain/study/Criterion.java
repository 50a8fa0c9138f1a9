package dev.espalier.domain.study;

import java.util.Locale;

/** How much a weight is worth keeping. */
public enum Criterion {
  /** Its absolute value after training (Han et al. 2015). */
  MAGNITUDE;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
