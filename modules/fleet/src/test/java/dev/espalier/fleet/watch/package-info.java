/**
 * The dashboards and alerts of {@code src/config}, on figures of a fleet that carries out a study,
 * and on those of one that is in trouble.
 */
@NullMarked
package dev.espalier.fleet.watch;

import org.jspecify.annotations.NullMarked;
