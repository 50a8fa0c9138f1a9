package dev.espalier.domain.verdict;

/**
 * A claim that a study does not bear on.
 *
 * @param claim which
 * @param reason what the study lacks
 */
public record Untested(Claim claim, String reason) {}
