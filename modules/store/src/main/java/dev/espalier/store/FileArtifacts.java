package dev.espalier.store;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Artifacts in a folder, one file each: {@code sha256/<first two digits>/<the other 62>}. Any
 * number of threads and processes may share it.
 *
 * <p>A file is written under {@code incoming/}, forced to the disk, then renamed in one step, so
 * that under its name a file is whole or not there. What a crash leaves in {@code incoming/} is
 * cleared away by a later opening, once it is an hour old. Whatever is read is checked against its
 * name.
 */
public final class FileArtifacts implements Artifacts {
  private static final Duration ABANDONED = Duration.ofHours(1);
  private static final int FAN_OUT_DIGITS = 2;
  private static final long PIECE = 1 << 20;

  private final Path files;
  private final Path incoming;

  private FileArtifacts(Path folder) {
    this.files = folder.resolve("sha256");
    this.incoming = folder.resolve("incoming");
  }

  /**
   * The store in {@code folder}, which is made where it is not there.
   *
   * @throws UncheckedIOException when it cannot be made or written to
   */
  public static FileArtifacts in(Path folder) {
    return in(folder, InstantSource.system());
  }

  static FileArtifacts in(Path folder, InstantSource clock) {
    FileArtifacts artifacts = new FileArtifacts(folder);
    try {
      Files.createDirectories(artifacts.files);
      Files.createDirectories(artifacts.incoming);
      artifacts.clearAbandoned(clock.instant().minus(ABANDONED));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep artifacts in " + folder, e);
    }
    return artifacts;
  }

  private void clearAbandoned(Instant before) throws IOException {
    List<Path> left;
    try (Stream<Path> listing = Files.list(incoming)) {
      left = listing.toList();
    }
    for (Path file : left) {
      // 0, and so long ago, when another process has just finished or cleared it.
      long modified = file.toFile().lastModified();
      if (modified < before.toEpochMilli()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException when they cannot be written
   */
  @Override
  public Digest put(byte[] bytes) {
    return put(List.of(MemorySegment.ofArray(bytes)));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException when they cannot be written
   */
  @Override
  public Digest put(List<MemorySegment> parts) {
    Digest digest = Digest.of(parts);
    if (read(digest, MemorySegment::byteSize).isEmpty()) {
      try {
        write(parts, folderOf(digest), fileOf(digest));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot keep the artifact " + digest, e);
      }
    }
    return digest;
  }

  private void write(List<MemorySegment> parts, Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    Path half = incoming.resolve(UUID.randomUUID().toString());
    try {
      writeForced(parts, half);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
    force(folder);
    force(files);
  }

  private static void writeForced(List<MemorySegment> parts, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      for (MemorySegment part : parts) {
        write(part, channel);
      }
      channel.force(true);
    }
  }

  // In pieces, because a channel copies what lies on the heap outside of it first.
  private static void write(MemorySegment part, FileChannel channel) throws IOException {
    for (long at = 0; at < part.byteSize(); at += PIECE) {
      ByteBuffer left = part.asSlice(at, Math.min(PIECE, part.byteSize() - at)).asByteBuffer();
      while (left.hasRemaining()) {
        channel.write(left);
      }
    }
  }

  /** Makes the names in {@code folder} as durable as the files. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException when the file is there but cannot be read
   */
  @Override
  public Optional<byte[]> get(Digest digest) {
    try {
      byte[] bytes = Files.readAllBytes(fileOf(digest));
      return Digest.of(bytes).equals(digest) ? Optional.of(bytes) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the artifact " + digest, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException when the file is there but cannot be read
   */
  @Override
  public <T> Optional<T> read(Digest digest, Function<MemorySegment, T> reader) {
    try (FileChannel channel = FileChannel.open(fileOf(digest), READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(READ_ONLY, 0, channel.size(), arena);
      return Digest.of(List.of(bytes)).equals(digest)
          ? Optional.of(reader.apply(bytes))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the artifact " + digest, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException when it is there but cannot be removed
   */
  @Override
  public void delete(Digest digest) {
    try {
      Files.deleteIfExists(fileOf(digest));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the artifact " + digest, e);
    }
  }

  private Path folderOf(Digest digest) {
    return files.resolve(digest.hex().substring(0, FAN_OUT_DIGITS));
  }

  private Path fileOf(Digest digest) {
    return folderOf(digest).resolve(digest.hex().substring(FAN_OUT_DIGITS));
  }

  @Override
  public String toString() {
    return "artifacts in " + files.getParent();
  }
}
