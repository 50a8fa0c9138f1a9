/**
 * What Espalier says: one record for each kind of event on the log, and the state that they add up
 * to.
 *
 * <p>Topics, headers and bytes belong to {@code wire} and {@code kafka}. Read {@link
 * dev.espalier.domain.event.Event} first.
 */
@NullMarked
package dev.espalier.domain.event;

import org.jspecify.annotations.NullMarked;
