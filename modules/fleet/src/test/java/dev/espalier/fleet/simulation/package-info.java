/**
 * A fleet in virtual time, in which everything goes wrong that a cluster can do: the real deciding
 * parts over a model of the log and the share group.
 *
 * <p>How Kafka itself behaves does not belong here: the faults repeat what was measured on a real
 * broker. Read {@link dev.espalier.fleet.simulation.Simulation} first, then {@link
 * dev.espalier.fleet.simulation.Fault.Kind} and {@link dev.espalier.fleet.simulation.Invariant}.
 */
@NullMarked
package dev.espalier.fleet.simulation;

import org.jspecify.annotations.NullMarked;
