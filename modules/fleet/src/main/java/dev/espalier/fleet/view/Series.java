package dev.espalier.fleet.view;

import java.util.Arrays;
import java.util.List;

/**
 * The values of a metric over the steps of a task.
 *
 * @param metric its name, such as {@code train_loss}
 * @param samples how many there are
 * @param notFinite how many of them are infinite or no number, and are left out
 * @param steps after how many optimizer steps, ascending: of all samples, or of so many that a plot
 *     looks the same, the first, the last, the least and the greatest among them
 * @param values at each of the steps
 */
public record Series(
    String metric, int samples, int notFinite, List<Long> steps, List<Double> values) {
  /** Copies the lists. */
  public Series {
    steps = List.copyOf(steps);
    values = List.copyOf(values);
  }

  /**
   * The series of {@code values}, which are finite, at {@code steps}.
   *
   * @param notFinite how many others there were
   * @param most the most points, at least {@link Downsampling#LEAST}
   */
  static Series of(String metric, long[] steps, double[] values, int notFinite, int most) {
    int[] kept = Downsampling.indices(values, most);
    return new Series(
        metric,
        values.length + notFinite,
        notFinite,
        Arrays.stream(kept).mapToObj(i -> steps[i]).toList(),
        Arrays.stream(kept).mapToObj(i -> values[i]).toList());
  }
}
