/**
 * How a picture becomes a network's input: varied at random for training, normalised.
 *
 * <p>Where pictures come from belongs to {@code data}, which of them make up a step to {@code
 * train}. Read {@link dev.espalier.compute.augment.Augmenter} first.
 */
@NullMarked
package dev.espalier.compute.augment;

import org.jspecify.annotations.NullMarked;
