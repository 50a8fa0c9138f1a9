/** Tests of the meters, and of the page that lists them. */
@NullMarked
package dev.espalier.fleet.meter;

import org.jspecify.annotations.NullMarked;
