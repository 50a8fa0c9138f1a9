package dev.espalier.domain.report;

import dev.espalier.domain.study.Objective;

/**
 * Two sets of masks to compare.
 *
 * @param first what found one mask
 * @param second what found the other: another objective from the same seed, or the same objective
 *     from another seed
 */
public record Pair(Objective first, Objective second) {
  /** Whether masks of one objective are compared across seeds. */
  public boolean isAcrossSeeds() {
    return first.equals(second);
  }

  /** {@code labels–rotation}, {@code labels across seeds}. */
  @Override
  public String toString() {
    return isAcrossSeeds() ? first + " across seeds" : first + "–" + second;
  }
}
