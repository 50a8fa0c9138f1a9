/**
 * A fleet of processes under attack: a broker and all roles, each started from the built
 * distribution, are killed, frozen and told to stop in an order that a seed decides, and afterwards
 * log and store have to be those of a calm run.
 *
 * <p>Read {@link dev.espalier.verification.chaos.Campaign} first.
 */
@NullMarked
package dev.espalier.verification.chaos;

import org.jspecify.annotations.NullMarked;
