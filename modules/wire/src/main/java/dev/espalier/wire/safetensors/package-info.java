/**
 * The safetensors format (huggingface/safetensors): named arrays in one file that no code runs to
 * read.
 *
 * <p>What a mask, a ticket or a checkpoint puts into such a file belongs to whoever writes it. Read
 * {@link dev.espalier.wire.safetensors.TensorFile} first.
 */
@NullMarked
package dev.espalier.wire.safetensors;

import org.jspecify.annotations.NullMarked;
