package dev.espalier.domain.report;

import dev.espalier.domain.study.Objective;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How sparse the dense networks of an objective are by themselves (Caron et al. 2020, figure 6):
 * cutting no deeper than that removes nothing.
 *
 * @param objective what they were trained on
 * @param zeros the fraction, 0 to 1, of prunable weights smaller in size than 2⁻²³ when training
 *     ends, by seed; at least one
 */
public record NaturalSparsity(Objective objective, SortedMap<Long, Double> zeros) {
  /** Copies the fractions. */
  public NaturalSparsity {
    zeros = Collections.unmodifiableSortedMap(new TreeMap<>(zeros));
  }

  /** Mean and standard error over the seeds. */
  public Spread spread() {
    return Spread.of(zeros.values());
  }
}
