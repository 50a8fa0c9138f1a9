/**
 * The images: where they come from, what names them, and how a network sees them.
 *
 * <p>What a network learns from them is the business of {@code train}. Read {@link
 * dev.espalier.compute.data.Dataset} first.
 */
@NullMarked
package dev.espalier.compute.data;

import org.jspecify.annotations.NullMarked;
