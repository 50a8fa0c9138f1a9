package dev.espalier.domain.report;

import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.Size;
import java.util.Collection;
import java.util.Optional;

/**
 * One network of an arm, measured.
 *
 * @param score how well it does on the test images
 * @param kept prunable weights kept
 * @param total prunable weights
 * @param size how large the whole network is; absent where an older version measured it
 */
public record Measurement(Score score, long kept, long total, Optional<Size> size) {
  /** The fraction of prunable weights kept, 0 to 1, of all {@code measurements} together. */
  static double density(Collection<Measurement> measurements) {
    long kept = measurements.stream().mapToLong(Measurement::kept).sum();
    return (double) kept / measurements.stream().mapToLong(Measurement::total).sum();
  }
}
