/**
 * The figures that a process keeps about itself, for Prometheus.
 *
 * <p>Figures about a study or a task do not belong here: they are events. Read {@link
 * dev.espalier.fleet.meter.Meters} first.
 */
@NullMarked
package dev.espalier.fleet.meter;

import org.jspecify.annotations.NullMarked;
