package dev.espalier.domain.report;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * The mean of some measurements and how sure it is.
 *
 * @param count how many, at least 1
 * @param mean their arithmetic mean
 * @param standardError sample standard deviation (n − 1) divided by √n; absent for a single one
 */
public record Spread(int count, double mean, OptionalDouble standardError) {
  /**
   * The spread of {@code values}.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Spread of(Collection<Double> values) {
    int count = values.size();
    double mean =
        values.stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow(() -> new IllegalArgumentException("expected at least one value"));
    if (count == 1) {
      return new Spread(count, mean, OptionalDouble.empty());
    }
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    double error = Math.sqrt(squares / (count - 1) / count);
    return new Spread(count, mean, OptionalDouble.of(error));
  }
}
