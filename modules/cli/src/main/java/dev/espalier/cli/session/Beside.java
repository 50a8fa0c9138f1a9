package dev.espalier.cli.session;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.store.FileArtifacts;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store that is only read, with a folder beside it that takes what is put. */
final class Beside implements Artifacts {
  private final Artifacts own;
  private final Artifacts base;

  private Beside(Artifacts own, Artifacts base) {
    this.own = own;
    this.base = base;
  }

  /** {@code base}, with {@code folder} beside it. */
  static Beside in(Path folder, Artifacts base) {
    return new Beside(FileArtifacts.in(folder), base);
  }

  @Override
  public Digest put(byte[] bytes) {
    return own.put(bytes);
  }

  @Override
  public Digest put(List<MemorySegment> parts) {
    return own.put(parts);
  }

  @Override
  public Optional<byte[]> get(Digest digest) {
    return own.get(digest).or(() -> base.get(digest));
  }

  @Override
  public <T> Optional<T> read(Digest digest, Function<MemorySegment, T> reader) {
    return own.read(digest, reader).or(() -> base.read(digest, reader));
  }

  /** What the store itself holds stays. */
  @Override
  public void delete(Digest digest) {
    own.delete(digest);
  }
}
