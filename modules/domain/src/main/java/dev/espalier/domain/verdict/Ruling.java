package dev.espalier.domain.verdict;

import java.util.Locale;

/** What a study says of a claim. */
public enum Ruling {
  /** The confidence interval lies where the claim says. */
  SUPPORTED,
  /** It lies wholly elsewhere. */
  CONTRADICTED,
  /** It lies across the border: more seeds would tell. */
  UNDECIDED;

  /** The word in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
