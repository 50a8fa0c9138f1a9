package dev.espalier.domain.report;

import dev.espalier.domain.task.Arm;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The networks of one arm right after they were cut to a level: trained weights under the new mask,
 * before any retraining.
 *
 * @param arm {@code labels/trained}: what they were trained on and are scored on
 * @param level how many times weights were removed, at least 1
 * @param measurements by seed; at least one
 */
public record CutCell(Arm arm, int level, SortedMap<Long, Measurement> measurements) {
  /** Copies the measurements. */
  public CutCell {
    measurements = Collections.unmodifiableSortedMap(new TreeMap<>(measurements));
  }

  /** The fraction of prunable weights kept, 0 to 1, of all seeds together. */
  public double density() {
    return Measurement.density(measurements.values());
  }

  /** Mean and standard error of the accuracies. */
  public Spread spread() {
    return Spread.of(measurements.values().stream().map(one -> one.score().accuracy()).toList());
  }
}
