package dev.espalier.cli.plot;

/**
 * One mark of a curve.
 *
 * @param density the fraction kept of the prunable weights, above 0 and at most 1
 * @param mean the mean accuracy, 0 to 1
 * @param standardError the standard error of the mean; 0 when there is one value only
 */
public record Point(double density, double mean, double standardError) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a value cannot be drawn
   */
  public Point {
    if (!(density > 0 && density <= 1) || !(mean >= 0 && mean <= 1) || !(standardError >= 0)) {
      throw new IllegalArgumentException(
          "expected a density above 0 and at most 1, a mean of 0 to 1 and an error of at least 0,"
              + " got "
              + density
              + ", "
              + mean
              + ", "
              + standardError);
    }
  }

  double low() {
    return Math.max(0, mean - standardError);
  }

  double high() {
    return Math.min(1, mean + standardError);
  }
}
