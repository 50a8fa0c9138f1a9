/**
 * Says how long work will take, from what work took so far.
 *
 * <p>Nothing here is measured, and nothing depends on it. Read {@link
 * dev.espalier.fleet.estimate.TimeLeft} first.
 */
@NullMarked
package dev.espalier.fleet.estimate;

import org.jspecify.annotations.NullMarked;
