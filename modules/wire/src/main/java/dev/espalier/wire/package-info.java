/**
 * Domain values to versioned bytes and back: JSON, CloudEvents, study files, safetensors; what it
 * does not know, it refuses.
 *
 * <p>Topics, partitions and delivery belong to {@code kafka}. Read {@link dev.espalier.wire.Json}
 * first.
 */
@NullMarked
package dev.espalier.wire;

import org.jspecify.annotations.NullMarked;
