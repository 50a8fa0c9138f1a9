/**
 * Decides which tasks may be taken, and when one is to be taken again, from what stands on the log
 * and nothing else.
 *
 * <p>What a task computes does not belong here, nor who takes it. Read {@link
 * dev.espalier.fleet.planner.Planning} first.
 */
@NullMarked
package dev.espalier.fleet.planner;

import org.jspecify.annotations.NullMarked;
