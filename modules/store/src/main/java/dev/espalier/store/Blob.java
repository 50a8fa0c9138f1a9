package dev.espalier.store;

import dev.espalier.domain.Digest;
import java.time.Instant;

/**
 * An artifact as its store lists it.
 *
 * @param digest its name
 * @param size in bytes
 * @param touched when it was put last, by the store's clock
 */
public record Blob(Digest digest, long size, Instant touched) {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public Blob {
    if (size < 0) {
      throw new IllegalArgumentException("expected a size of at least 0, got " + size);
    }
  }
}
