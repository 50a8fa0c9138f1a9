/**
 * Content-addressed artifacts: checkpoints, weights, masks, each under the digest of its bytes; and
 * the collection of those that nobody can name any more.
 *
 * <p>What the bytes mean belongs to {@code wire} and {@code compute}. Read {@link
 * dev.espalier.store.FileArtifacts} first; {@link dev.espalier.store.Stores} opens a store by its
 * address.
 */
@NullMarked
package dev.espalier.store;

import org.jspecify.annotations.NullMarked;
