package dev.espalier.domain.verdict;

import dev.espalier.domain.report.Spread;
import java.util.Collection;

/**
 * The mean of one value a seed, and where it lies with 95 % confidence by Student's t.
 *
 * @param count how many seeds, at least 2
 * @param mean the mean of their values
 * @param standardError its standard error
 * @param low the lower end of the confidence interval
 * @param high the upper end
 */
public record Estimate(int count, double mean, double standardError, double low, double high) {
  /** The confidence of the interval. */
  public static final double CONFIDENCE = 0.95;

  /**
   * The estimate from {@code values}, whose distribution is taken to be normal.
   *
   * @throws IllegalArgumentException when there are fewer than two
   */
  static Estimate of(Collection<Double> values) {
    if (values.size() < 2) {
      throw new IllegalArgumentException("expected at least two values, got " + values);
    }
    Spread spread = Spread.of(values);
    double error = spread.standardError().orElseThrow();
    double reach = StudentT.quantile((1 + CONFIDENCE) / 2, values.size() - 1) * error;
    return new Estimate(
        values.size(), spread.mean(), error, spread.mean() - reach, spread.mean() + reach);
  }
}
