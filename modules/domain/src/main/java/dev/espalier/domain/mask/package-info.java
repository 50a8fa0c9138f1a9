/**
 * Masks: one bit for each prunable weight, and what is counted of them.
 *
 * <p>How a mask is chosen is {@code compute}'s business. Read {@link dev.espalier.domain.mask.Mask}
 * first.
 */
@NullMarked
package dev.espalier.domain.mask;

import org.jspecify.annotations.NullMarked;
