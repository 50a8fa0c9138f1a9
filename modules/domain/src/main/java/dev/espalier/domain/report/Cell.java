package dev.espalier.domain.report;

import dev.espalier.domain.task.Arm;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of one arm at one level.
 *
 * @param arm the curve
 * @param level how many times weights were removed
 * @param kept prunable weights kept
 * @param total prunable weights
 * @param accuracies test accuracy, 0 to 1, by seed; at least one
 */
public record Cell(Arm arm, int level, long kept, long total, SortedMap<Long, Double> accuracies) {
  /** Copies the accuracies. */
  public Cell {
    accuracies = Collections.unmodifiableSortedMap(new TreeMap<>(accuracies));
  }

  /** The fraction of prunable weights kept, 0 to 1. */
  public double density() {
    return (double) kept / total;
  }

  /** Mean and standard error of the accuracies. */
  public Spread spread() {
    return Spread.of(accuracies.values());
  }
}
