package dev.espalier.compute;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store that forgets when the test ends. */
public final class MemoryArtifacts implements Artifacts {
  private final Map<Digest, byte[]> kept = new ConcurrentHashMap<>();

  @Override
  public Digest put(byte[] bytes) {
    Digest digest = Digest.of(bytes);
    kept.put(digest, bytes.clone());
    return digest;
  }

  @Override
  public Optional<byte[]> get(Digest digest) {
    return Optional.ofNullable(kept.get(digest)).map(byte[]::clone);
  }

  @Override
  public void delete(Digest digest) {
    kept.remove(digest);
  }

  Set<Digest> digests() {
    return Set.copyOf(kept.keySet());
  }
}
