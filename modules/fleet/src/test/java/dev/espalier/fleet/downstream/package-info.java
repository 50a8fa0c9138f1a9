/** The programs of {@code src/examples/consumers}, as strangers run them, on the log of a fleet. */
@NullMarked
package dev.espalier.fleet.downstream;

import org.jspecify.annotations.NullMarked;
