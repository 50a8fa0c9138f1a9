/**
 * Moves weights: the masked update of an optimizer as one vectorised pass over flat float32
 * buffers, shared among the threads of a slot.
 *
 * <p>What the rules are belongs to {@link dev.espalier.compute.plan.Update}; where gradients come
 * from, to the providers. Read {@link dev.espalier.compute.update.MaskedUpdate} first.
 */
@NullMarked
package dev.espalier.compute.update;

import org.jspecify.annotations.NullMarked;
