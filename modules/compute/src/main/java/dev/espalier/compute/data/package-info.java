/**
 * The images: where they come from and what names them.
 *
 * <p>How they are varied and become a network's input is the business of {@code augment}, what is
 * learnt from them that of {@code train}. Read {@link dev.espalier.compute.data.Dataset} first.
 */
@NullMarked
package dev.espalier.compute.data;

import org.jspecify.annotations.NullMarked;
