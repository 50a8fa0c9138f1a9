/** What the tests of the fleet have in common. Read {@link dev.espalier.fleet.Samples} first. */
@NullMarked
package dev.espalier.fleet;

import org.jspecify.annotations.NullMarked;
