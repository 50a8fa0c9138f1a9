package dev.espalier.domain.study;

import java.util.Locale;

/** How the weights to remove are allocated to layers. */
public enum Scope {
  /** One threshold over all prunable weights of the network. */
  GLOBAL;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
