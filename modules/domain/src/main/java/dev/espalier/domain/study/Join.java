package dev.espalier.domain.study;

import java.util.Locale;

/** How the paths of a branch become one value. */
public enum Join {
  /** Their sum: all have as many channels, and planes of one size. */
  SUM,
  /** Their channels one after the other: all have planes of one size. */
  CONCAT;

  /** The name in descriptions of networks. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
