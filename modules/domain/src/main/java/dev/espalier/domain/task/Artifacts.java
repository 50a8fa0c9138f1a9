package dev.espalier.domain.task;

import dev.espalier.domain.Digest;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a task finds and leaves its artifacts: content-addressed bytes, written once. Every method
 * throws an {@link ArtifactsException} when the store cannot be used.
 */
public interface Artifacts {
  /**
   * Keeps {@code bytes}; on return they are durable. The same bytes again only make the artifact as
   * young as a new one.
   */
  Digest put(byte[] bytes);

  /**
   * Keeps the bytes of {@code parts}, one after the other, as {@link #put(byte[])} does: for what
   * is large and lies outside the Java heap.
   *
   * @param parts of native memory or of byte arrays
   */
  default Digest put(List<MemorySegment> parts) {
    long size = parts.stream().mapToLong(MemorySegment::byteSize).sum();
    byte[] bytes = new byte[Math.toIntExact(size)];
    MemorySegment whole = MemorySegment.ofArray(bytes);
    long at = 0;
    for (MemorySegment part : parts) {
      MemorySegment.copy(part, 0, whole, at, part.byteSize());
      at += part.byteSize();
    }
    return put(bytes);
  }

  /**
   * The bytes that {@code digest} names, verified; empty when they are not there or do not match
   * their name.
   */
  Optional<byte[]> get(Digest digest);

  /**
   * What {@code reader} makes of the bytes that {@code digest} names, as {@link #get} gives them:
   * for what is large.
   *
   * @param reader is given the bytes, which it may read until it returns
   */
  default <T> Optional<T> read(Digest digest, Function<MemorySegment, T> reader) {
    return get(digest).map(bytes -> reader.apply(MemorySegment.ofArray(bytes)));
  }

  /**
   * Forgets what {@code digest} names; nothing when it is not there. Only for artifacts that nobody
   * else can name: superseded checkpoints.
   */
  void delete(Digest digest);
}
