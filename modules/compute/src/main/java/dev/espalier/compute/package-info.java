/**
 * Carries out one task: trains, prunes, evaluates. The only module that sees ND4J and oneDNN.
 *
 * <p>Who asks for a task, and who hears of its result, does not belong here. What a network is
 * computed with is a {@link dev.espalier.compute.plan.Plan}. Read {@link
 * dev.espalier.compute.Workbench} first.
 */
@NullMarked
package dev.espalier.compute;

import org.jspecify.annotations.NullMarked;
