package dev.espalier.domain.report;

import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.task.Arm;

/**
 * A mask, and what its study found it for.
 *
 * @param arm the arm whose network was cut: {@code rotation/trained}, or one that prunes elsewhere
 * @param published the mask
 */
public record FoundMask(Arm arm, MaskPublished published) {}
