/**
 * Threads that roles keep beside the event loop, and what a role says of its health.
 *
 * <p>What is done on such a thread is each role's business. Read {@link
 * dev.espalier.fleet.loop.Loop} first.
 */
@NullMarked
package dev.espalier.fleet.loop;

import org.jspecify.annotations.NullMarked;
