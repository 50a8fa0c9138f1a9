package dev.espalier.domain.study;

import java.util.Locale;

/** How the worth of some weights together is told from that of each. */
public enum Norm {
  /** The mean of their worth. */
  L1,
  /** The root of the mean of their worth squared. */
  L2;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
