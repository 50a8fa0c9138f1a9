/**
 * Batches made ready ahead of the step, on threads of their own.
 *
 * <p>What a batch holds is the business of whoever asks for it. Read {@link
 * dev.espalier.compute.feed.Feed} first.
 */
@NullMarked
package dev.espalier.compute.feed;

import org.jspecify.annotations.NullMarked;
