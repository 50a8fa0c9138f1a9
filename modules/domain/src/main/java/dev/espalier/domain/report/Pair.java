package dev.espalier.domain.report;

import dev.espalier.domain.task.Arm;

/**
 * Two sets of masks to compare.
 *
 * @param first the arm that found one mask
 * @param second the arm that found the other: another one from the same seed, or the same arm from
 *     another seed
 */
public record Pair(Arm first, Arm second) {
  /** Whether masks of one arm are compared across seeds. */
  public boolean isAcrossSeeds() {
    return first.equals(second);
  }

  /** What found the masks of {@code arm}: {@code labels}, {@code labels (snip)}. */
  public static String nameOf(Arm arm) {
    return arm.toString().replace("/trained", "");
  }

  /** {@code labels–rotation}, {@code labels across seeds}. */
  @Override
  public String toString() {
    return isAcrossSeeds() ? nameOf(first) + " across seeds" : nameOf(first) + "–" + nameOf(second);
  }
}
