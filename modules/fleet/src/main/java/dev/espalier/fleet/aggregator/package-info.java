/**
 * Adds the events up to standings that others look at.
 *
 * <p>How standings are shown does not belong here. Read {@link dev.espalier.fleet.aggregator.Board}
 * first.
 */
@NullMarked
package dev.espalier.fleet.aggregator;

import org.jspecify.annotations.NullMarked;
