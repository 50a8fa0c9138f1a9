/**
 * What a network may be trained on beside the class of each image: losses of a whole batch's
 * outputs, in float64, with the state that some of them have.
 *
 * <p>Which images make up a batch, and when a step is taken, belongs to {@code train}; how the
 * outputs are computed to {@code plan}. Read {@link dev.espalier.compute.objective.BatchLoss}
 * first.
 */
@NullMarked
package dev.espalier.compute.objective;

import org.jspecify.annotations.NullMarked;
