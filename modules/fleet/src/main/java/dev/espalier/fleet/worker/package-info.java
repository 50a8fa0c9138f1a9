/**
 * Takes tasks from the log, has them worked on, and publishes what came of them.
 *
 * <p>What a task computes does not belong here. Read {@link dev.espalier.fleet.worker.Journey}
 * first.
 */
@NullMarked
package dev.espalier.fleet.worker;

import org.jspecify.annotations.NullMarked;
