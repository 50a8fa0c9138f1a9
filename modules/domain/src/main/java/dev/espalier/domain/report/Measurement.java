package dev.espalier.domain.report;

import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.Size;
import java.util.Optional;

/**
 * One network of an arm, measured.
 *
 * @param score how well it does on the test images
 * @param kept prunable weights kept
 * @param total prunable weights
 * @param size how large the whole network is; absent where an older version measured it
 */
public record Measurement(Score score, long kept, long total, Optional<Size> size) {}
