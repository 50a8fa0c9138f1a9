/**
 * Plans made of oneDNN primitives that work directly on ND4J's buffers, channels last from end to
 * end.
 *
 * <p>What is the same on every device, such as which layers there are and what an update means,
 * does not belong here. Read {@link dev.espalier.compute.onednn.PlanCompiler} first.
 */
@NullMarked
package dev.espalier.compute.onednn;

import org.jspecify.annotations.NullMarked;
