package dev.espalier.domain.task;

/**
 * A place in a study's report that one task fills.
 *
 * @param arm the curve
 * @param seed the repetition
 * @param level how many times weights were removed: 0 is the dense network
 */
public record Place(Arm arm, long seed, int level) {}
