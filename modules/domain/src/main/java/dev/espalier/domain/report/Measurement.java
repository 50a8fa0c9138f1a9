package dev.espalier.domain.report;

import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.Size;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One network of an arm, measured.
 *
 * @param score how well it does on the test images
 * @param kept prunable weights kept
 * @param total prunable weights
 * @param size how large the whole network is; absent where an older version measured it
 * @param instability how much more often a network between two copies errs than they do, where that
 *     was asked
 */
public record Measurement(
    Score score, long kept, long total, Optional<Size> size, OptionalDouble instability) {
  /** A measurement of one network alone. */
  public Measurement(Score score, long kept, long total, Optional<Size> size) {
    this(score, kept, total, size, OptionalDouble.empty());
  }

  /** The fraction of prunable weights kept, 0 to 1, of all {@code measurements} together. */
  static double density(Collection<Measurement> measurements) {
    long kept = measurements.stream().mapToLong(Measurement::kept).sum();
    return (double) kept / measurements.stream().mapToLong(Measurement::total).sum();
  }
}
