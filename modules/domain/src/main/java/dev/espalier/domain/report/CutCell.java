package dev.espalier.domain.report;

import dev.espalier.domain.study.Objective;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The networks of one objective right after they were cut to a level: trained weights under the new
 * mask, before any retraining.
 *
 * @param objective what they were trained on, and what they are scored on
 * @param level how many times weights were removed, at least 1
 * @param measurements by seed; at least one
 */
public record CutCell(Objective objective, int level, SortedMap<Long, Measurement> measurements) {
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
