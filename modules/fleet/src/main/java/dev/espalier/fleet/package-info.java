/**
 * The four roles of the fleet and how a process is made of them.
 *
 * <p>What a task computes, and how the log is read and written, does not belong here. Read {@link
 * dev.espalier.fleet.Fleet} first.
 */
@NullMarked
package dev.espalier.fleet;

import org.jspecify.annotations.NullMarked;
