/** Tests of triggers, alone and on a real log. */
@NullMarked
package dev.espalier.fleet.trigger;

import org.jspecify.annotations.NullMarked;
