package dev.espalier.domain.task;

import dev.espalier.domain.Digest;
import java.util.Optional;

/** Where a task finds and leaves its artifacts: content-addressed bytes, written once. */
public interface Artifacts {
  /** Keeps {@code bytes}; on return they are durable. The same bytes again change nothing. */
  Digest put(byte[] bytes);

  /**
   * The bytes that {@code digest} names, verified; empty when they are not there or do not match
   * their name.
   */
  Optional<byte[]> get(Digest digest);

  /**
   * Forgets what {@code digest} names; nothing when it is not there. Only for artifacts that nobody
   * else can name: superseded checkpoints.
   */
  void delete(Digest digest);
}
