package dev.espalier.domain.verdict;

/**
 * Student's t distribution with a whole number of degrees of freedom, by the finite sums that there
 * are for those (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
 */
final class StudentT {
  private static final int HALVINGS = 200;

  private StudentT() {}

  /**
   * The value that a t variable stays below with probability {@code p}.
   *
   * @param p above 0.5 and below 1
   * @param freedom degrees of freedom, at least 1
   * @throws IllegalArgumentException when one is out of range
   */
  static double quantile(double p, int freedom) {
    if (!(p > 0.5 && p < 1) || freedom < 1) {
      throw new IllegalArgumentException(
          "expected a probability above 0.5 and below 1 and at least 1 degree of freedom, got "
              + p
              + " and "
              + freedom);
    }
    double low = 0;
    double high = Math.PI / 2;
    for (int i = 0; i < HALVINGS && Math.nextUp(low) < high; i++) {
      double middle = (low + high) / 2;
      boolean below = within(middle, freedom) < 2 * p - 1;
      low = below ? middle : low;
      high = below ? high : middle;
    }
    return Math.tan(low) * Math.sqrt(freedom);
  }

  /**
   * The probability that |t| ≤ √freedom · tan(angle).
   *
   * @param angle θ, 0 to π ÷ 2
   */
  private static double within(double angle, int freedom) {
    double sine = Math.sin(angle);
    double cosine = Math.cos(angle);
    boolean odd = freedom % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = 0;
    for (int power = odd ? 1 : 0; power <= freedom - 2; power += 2) {
      sum += term;
      term *= cosine * cosine * (power + 1) / (power + 2);
    }
    return odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
  }
}
