/**
 * Plans made of ND4J's own operations, written as the formulas are: in float64 the reference that
 * other providers are held to, in float32 what runs wherever ND4J does.
 *
 * <p>Speed at the cost of clearness does not belong here. Read {@link
 * dev.espalier.compute.nd4j.Nd4jPlan} first.
 */
@NullMarked
package dev.espalier.compute.nd4j;

import org.jspecify.annotations.NullMarked;
