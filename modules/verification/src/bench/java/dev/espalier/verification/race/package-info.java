/**
 * Races: the same work done by Espalier and by others in turn on the same machine, and the table of
 * what came out.
 *
 * <p>Nothing here decides whether a build is good: machines are shared and noisy. Read {@link
 * dev.espalier.verification.race.Race} first.
 */
@NullMarked
package dev.espalier.verification.race;

import org.jspecify.annotations.NullMarked;
