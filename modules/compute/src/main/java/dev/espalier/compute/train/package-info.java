/**
 * Trains a network: how it begins, what it sees at each step, how fast it learns, when its mask is
 * cut and what a weight is then worth, and how a run that was cut short goes on to the same bytes.
 *
 * <p>Which weights a cut takes belongs to {@code prune}, how a step is computed to {@code plan}.
 * Read {@link dev.espalier.compute.train.Trainer} first.
 */
@NullMarked
package dev.espalier.compute.train;

import org.jspecify.annotations.NullMarked;
