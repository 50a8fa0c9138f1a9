/**
 * A gateway as a client sees it: its HTTP interface, its stream of events, and where people keep
 * the addresses of theirs.
 *
 * <p>What a person is shown of it does not belong here, see {@code command} and {@code watch}. Read
 * {@link dev.espalier.cli.client.Gateway} first.
 */
@NullMarked
package dev.espalier.cli.client;

import org.jspecify.annotations.NullMarked;
