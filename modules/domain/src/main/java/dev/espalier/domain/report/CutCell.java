package dev.espalier.domain.report;

import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Score;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The networks of one objective right after they were cut to a level: trained weights under the new
 * mask, before any retraining.
 *
 * @param objective what they were trained on, and what they are scored on
 * @param level how many times weights were removed, at least 1
 * @param kept prunable weights kept, of all seeds together
 * @param total prunable weights, of all seeds together
 * @param scores by seed; at least one
 */
public record CutCell(
    Objective objective, int level, long kept, long total, SortedMap<Long, Score> scores) {
  /** Copies the scores. */
  public CutCell {
    scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
  }

  /** The fraction of prunable weights kept, 0 to 1. */
  public double density() {
    return (double) kept / total;
  }

  /** Mean and standard error of the accuracies. */
  public Spread spread() {
    return Spread.of(scores.values().stream().map(Score::accuracy).toList());
  }
}
