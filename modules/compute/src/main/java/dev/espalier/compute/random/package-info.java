/**
 * Where every random choice of a task comes from: streams of draws that are functions of a seed and
 * a purpose, and of nothing else, so that their bytes depend on no JDK.
 *
 * <p>What is drawn belongs to whoever draws it. Read {@link dev.espalier.compute.random.Draws}
 * first.
 */
@NullMarked
package dev.espalier.compute.random;

import org.jspecify.annotations.NullMarked;
