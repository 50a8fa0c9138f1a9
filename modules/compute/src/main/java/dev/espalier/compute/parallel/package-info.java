/**
 * Shares one piece of work among the threads of a slot.
 *
 * <p>What the work is belongs to whoever has it; how many slots a process has, to the worker. Read
 * {@link dev.espalier.compute.parallel.Crew} first.
 */
@NullMarked
package dev.espalier.compute.parallel;

import org.jspecify.annotations.NullMarked;
