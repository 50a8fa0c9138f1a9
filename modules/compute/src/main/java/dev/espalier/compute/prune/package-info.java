/**
 * Decides which weights go: what each is worth, how the cut is shared among layers, which ones it
 * takes, and the mask that is left.
 *
 * <p>Training belongs to {@code train}; how many weights a round removes, to the recipe. Read
 * {@link dev.espalier.compute.prune.Pruner} first.
 */
@NullMarked
package dev.espalier.compute.prune;

import org.jspecify.annotations.NullMarked;
