package dev.espalier.compute.bench;

/**
 * How fast something was done, over and over.
 *
 * @param median how often a second, by the median time
 * @param best how often a second, by the shortest time
 */
public record Speed(double median, double best) {
  /** The same for what is done {@code units} at a time. */
  Speed times(double units) {
    return new Speed(median * units, best * units);
  }
}
