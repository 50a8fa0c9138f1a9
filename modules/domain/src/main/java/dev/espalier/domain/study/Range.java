package dev.espalier.domain.study;

/**
 * Where a number is drawn from, evenly.
 *
 * @param low the least, finite
 * @param high the greatest, finite and no less than {@code low}
 */
public record Range(double low, double high) {
  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException when the ends are not finite or out of order
   */
  public Range {
    if (!(low <= high && Double.isFinite(low) && Double.isFinite(high))) {
      throw new IllegalArgumentException(
          "expected a range from its least to its greatest number, got " + low + " to " + high);
    }
  }

  @Override
  public String toString() {
    return low + " to " + high;
  }
}
