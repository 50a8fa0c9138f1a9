/**
 * What events from outside did: which study one started, or why it started none.
 *
 * <p>What they come as, and what decides, belongs to {@code wire}, {@code kafka} and {@code fleet}.
 * Read {@link dev.espalier.domain.trigger.Decision} first.
 */
@NullMarked
package dev.espalier.domain.trigger;

import org.jspecify.annotations.NullMarked;
