/** Tests of the safetensors format. */
@NullMarked
package dev.espalier.wire.safetensors;

import org.jspecify.annotations.NullMarked;
