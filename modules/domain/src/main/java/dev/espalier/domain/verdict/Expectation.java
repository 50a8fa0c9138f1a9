package dev.espalier.domain.verdict;

/**
 * Where a claim says that a number lies.
 *
 * @param above it lies above this; −∞ where it may be as low as it likes
 * @param below it lies below this; +∞ where it may be as high as it likes
 */
public record Expectation(double above, double below) {
  /**
   * What counts as no difference, in accuracy: one percentage point. Ours; the paper draws curves
   * and says "match" or "slight".
   */
  public static final double MARGIN = 0.01;

  static final Expectation GAIN = new Expectation(0, Double.POSITIVE_INFINITY);
  static final Expectation LOSS = new Expectation(Double.NEGATIVE_INFINITY, 0);
  static final Expectation NO_DIFFERENCE = new Expectation(-MARGIN, MARGIN);
  static final Expectation NO_LOSS = new Expectation(-MARGIN, Double.POSITIVE_INFINITY);
  static final Expectation CLEAR_LOSS = new Expectation(Double.NEGATIVE_INFINITY, -MARGIN);

  /** What an estimate says of it: decided only when the whole interval is inside or outside. */
  Ruling rule(Estimate estimate) {
    if (estimate.low() > above && estimate.high() < below) {
      return Ruling.SUPPORTED;
    }
    boolean outside = estimate.high() <= above || estimate.low() >= below;
    return outside ? Ruling.CONTRADICTED : Ruling.UNDECIDED;
  }
}
