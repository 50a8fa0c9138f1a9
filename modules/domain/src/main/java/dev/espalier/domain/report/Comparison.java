package dev.espalier.domain.report;

import dev.espalier.domain.task.Arm;

/**
 * Two arms at the same level.
 *
 * @param first one
 * @param second the other
 * @param level how many times weights were removed
 * @param density the fraction of prunable weights kept, 0 to 1
 * @param difference mean accuracy of the first minus that of the second
 * @param pooledStandardError √(se₁² + se₂²) of the two means
 */
public record Comparison(
    Arm first,
    Arm second,
    int level,
    double density,
    double difference,
    double pooledStandardError) {
  private static final double CLEAR = 2;

  /** Whether the first is better by more than twice the pooled standard error. */
  public boolean isClearlyBetter() {
    return difference > CLEAR * pooledStandardError;
  }

  /** Whether the first is worse by more than twice the pooled standard error. */
  public boolean isClearlyWorse() {
    return difference < -CLEAR * pooledStandardError;
  }
}
