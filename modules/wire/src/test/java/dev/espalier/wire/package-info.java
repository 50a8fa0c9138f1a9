/** Tests of what is written and read. Read {@link dev.espalier.wire.Samples} first. */
@NullMarked
package dev.espalier.wire;

import org.jspecify.annotations.NullMarked;
