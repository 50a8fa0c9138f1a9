/**
 * Follows studies by the events of a gateway until they are over, and shows how they go.
 *
 * <p>What a line looks like does not belong here, see {@code screen}. Read {@link
 * dev.espalier.cli.watch.Watching} first.
 */
@NullMarked
package dev.espalier.cli.watch;

import org.jspecify.annotations.NullMarked;
