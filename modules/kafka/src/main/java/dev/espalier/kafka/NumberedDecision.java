package dev.espalier.kafka;

import dev.espalier.domain.trigger.Decision;

/**
 * A decision and its place on the log.
 *
 * @param number tells it from others; later ones have larger numbers
 */
public record NumberedDecision(long number, Decision decision) {}
