/**
 * How the machine, or the container, is shared out among slots, and what the Java process may take
 * of it: known before that process starts.
 *
 * <p>What runs in a slot does not belong here. Read {@link dev.espalier.cli.machine.Shares} first.
 */
@NullMarked
package dev.espalier.cli.machine;

import org.jspecify.annotations.NullMarked;
