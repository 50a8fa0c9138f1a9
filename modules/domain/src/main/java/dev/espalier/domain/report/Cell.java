package dev.espalier.domain.report;

import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Size;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What is known of one arm at one level.
 *
 * @param arm the curve
 * @param level how many times weights were removed
 * @param measurements by seed; at least one
 */
public record Cell(Arm arm, int level, SortedMap<Long, Measurement> measurements) {
  /** Copies the measurements. */
  public Cell {
    measurements = Collections.unmodifiableSortedMap(new TreeMap<>(measurements));
  }

  /** Test accuracy, 0 to 1, by seed. */
  public SortedMap<Long, Double> accuracies() {
    SortedMap<Long, Double> accuracies = new TreeMap<>();
    measurements.forEach((seed, one) -> accuracies.put(seed, one.score().accuracy()));
    return accuracies;
  }

  /** Prunable weights kept; where a recipe leaves seeds different numbers, their mean, rounded. */
  public long kept() {
    return mean(measurements.values(), Measurement::kept);
  }

  /** Prunable weights. */
  public long total() {
    return mean(measurements.values(), Measurement::total);
  }

  /** The fraction of prunable weights kept, 0 to 1, of all seeds together. */
  public double density() {
    return Measurement.density(measurements.values());
  }

  /** Mean and standard error of the accuracies. */
  public Spread spread() {
    return Spread.of(accuracies().values());
  }

  /** Mean and standard error of the share of answers among the five likeliest, where counted. */
  public Optional<Spread> top5() {
    return spread(one -> one.score().top5());
  }

  /** Mean and standard error of the instability, where it was asked. */
  public Optional<Spread> instability() {
    return spread(Measurement::instability);
  }

  private Optional<Spread> spread(Function<Measurement, OptionalDouble> figure) {
    List<Double> values =
        measurements.values().stream()
            .map(figure)
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /** How large the whole network is: the mean over the seeds, rounded; empty where unknown. */
  public Optional<Size> size() {
    List<Size> sizes =
        measurements.values().stream().map(Measurement::size).flatMap(Optional::stream).toList();
    return sizes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Size(
                mean(sizes, Size::parameters),
                mean(sizes, Size::kept),
                mean(sizes, Size::multiplyAdds),
                mean(sizes, Size::multiplyAddsKept)));
  }

  private static <T> long mean(Collection<T> values, ToLongFunction<T> count) {
    return Math.round(values.stream().mapToLong(count).average().orElseThrow());
  }
}
