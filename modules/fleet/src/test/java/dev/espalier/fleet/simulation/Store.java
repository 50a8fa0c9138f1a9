package dev.espalier.fleet.simulation;

import dev.espalier.domain.Digest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which checkpoints are kept. */
final class Store {
  private final Set<Digest> kept = new HashSet<>();

  void put(Digest checkpoint) {
    kept.add(checkpoint);
  }

  void delete(Digest checkpoint) {
    kept.remove(checkpoint);
  }

  /** Whether there is {@code checkpoint}; none is always there. */
  boolean has(Optional<Digest> checkpoint) {
    return checkpoint.map(kept::contains).orElse(true);
  }
}
