/**
 * Starts studies when events from outside come in, or when it is time.
 *
 * <p>What an event starts is a pure function of it and of the triggers; how events come and where
 * decisions are kept belongs to {@code kafka}, the file that says the triggers to {@code wire}.
 * Read {@link dev.espalier.fleet.trigger.Triggers} first.
 */
@NullMarked
package dev.espalier.fleet.trigger;

import org.jspecify.annotations.NullMarked;
