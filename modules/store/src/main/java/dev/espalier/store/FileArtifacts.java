package dev.espalier.store;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.file.StandardOpenOption.READ;

import dev.espalier.domain.Digest;
import dev.espalier.domain.task.ArtifactsException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artifacts in a folder, one file each: {@code sha256/<first two digits>/<the other 62>}. Any
 * number of threads and processes may share it.
 *
 * <p>A file is written under {@code incoming/}, forced to the disk, then renamed in one step, so
 * that under its name a file is whole or not there. What a crash leaves in {@code incoming/} is
 * cleared away by a later opening, once it is an hour old. Whatever is read is checked against its
 * name; what does not match is moved to {@code quarantine/} and counts as not there, until the
 * right bytes are put again.
 */
public final class FileArtifacts implements ArtifactStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileArtifacts.class);
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final Path files;
  private final Path incoming;
  private final Path quarantine;
  private final InstantSource clock;
  private final WholeFiles whole;
  private final Aside aside;

  private FileArtifacts(Path folder, InstantSource clock) {
    this.folder = folder;
    this.files = folder.resolve(Names.ROOT);
    this.incoming = folder.resolve("incoming");
    this.quarantine = folder.resolve("quarantine");
    this.clock = clock;
    this.whole = new WholeFiles(incoming);
    this.aside = new Aside(folder.resolve("aside"), this::fileOf, clock);
  }

  /**
   * The store in {@code folder}, which is made where it is not there.
   *
   * @throws ArtifactsException when it cannot be made or written to
   */
  public static FileArtifacts in(Path folder) {
    return in(folder, InstantSource.system());
  }

  static FileArtifacts in(Path folder, InstantSource clock) {
    FileArtifacts artifacts = new FileArtifacts(folder, clock);
    try {
      WholeFiles.make(artifacts.files);
      WholeFiles.make(artifacts.incoming);
      WholeFiles.make(artifacts.quarantine);
      WholeFiles.make(folder.resolve("aside"));
      artifacts.aside.giveBackAll();
    } catch (IOException e) {
      throw DiskTrouble.writing("a store", 0, folder, e);
    }
    artifacts.clearUnfinished();
    return artifacts;
  }

  @Override
  public Digest put(byte[] bytes) {
    return put(List.of(MemorySegment.ofArray(bytes)));
  }

  @Override
  public Digest put(List<MemorySegment> parts) {
    Digest digest = Digest.of(parts);
    try {
      if (read(digest, MemorySegment::byteSize).isEmpty() || !touch(digest)) {
        WholeFiles.make(folderOf(digest));
        whole.write(parts, fileOf(digest));
      }
      // Also of what was there: who wrote it may not have come this far.
      WholeFiles.force(folderOf(digest));
      WholeFiles.force(files);
    } catch (IOException e) {
      long bytes = parts.stream().mapToLong(MemorySegment::byteSize).sum();
      throw DiskTrouble.writing("the artifact " + digest, bytes, folder, e);
    }
    return digest;
  }

  /** Makes the file as young as a new one; no when it is gone, or another user's. */
  private boolean touch(Digest digest) {
    try {
      Files.setLastModifiedTime(fileOf(digest), FileTime.from(clock.instant()));
      // Looks again, because the time may have been set on a file that was just taken away.
      return Files.exists(fileOf(digest));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Optional<byte[]> get(Digest digest) {
    return read(digest, bytes -> bytes.toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public <T> Optional<T> read(Digest digest, Function<MemorySegment, T> reader) {
    try (FileChannel channel = FileChannel.open(fileOf(digest), READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(READ_ONLY, 0, channel.size(), arena);
      if (Digest.of(List.of(bytes)).equals(digest)) {
        return Optional.of(reader.apply(bytes));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DiskTrouble.other("to read the artifact " + digest, folder, e);
    }
    quarantine(digest);
    return Optional.empty();
  }

  private void quarantine(Digest digest) {
    Path file = quarantine.resolve(digest.hex());
    try {
      if (aside.decide(digest, taken -> isDamaged(taken, digest) && moves(taken, file))) {
        LOG.atError()
            .addKeyValue("artifact", digest)
            .addKeyValue("moved", file)
            .addKeyValue("bytes", Files.size(file))
            .log("damaged artifact: its bytes do not match its name; it counts as missing");
      }
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("artifact", digest)
          .addKeyValue("file", fileOf(digest))
          .addKeyValue("reason", e)
          .log("damaged artifact, which cannot be moved to quarantine; it counts as missing");
    }
  }

  // Looks again: the right bytes may have been put since it was read.
  private static boolean isDamaged(Path file, Digest digest) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(READ_ONLY, 0, channel.size(), arena);
      return !Digest.of(List.of(bytes)).equals(digest);
    }
  }

  private static boolean moves(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  @Override
  public void delete(Digest digest) {
    try {
      Files.deleteIfExists(fileOf(digest));
    } catch (IOException e) {
      throw DiskTrouble.other("to delete the artifact " + digest, folder, e);
    }
  }

  @Override
  public void visit(Consumer<Blob> visitor) {
    try (Stream<Path> listing = Files.list(files)) {
      for (Path fan : listing.sorted().toList()) {
        visit(fan, visitor);
      }
    } catch (IOException e) {
      throw DiskTrouble.other("to list the artifacts", folder, e);
    }
  }

  private static void visit(Path fan, Consumer<Blob> visitor) throws IOException {
    try (Stream<Path> listing = Files.list(fan)) {
      for (Path file : listing.sorted().toList()) {
        blob(fan, file).ifPresent(visitor);
      }
    }
  }

  private static Optional<Blob> blob(Path fan, Path file) throws IOException {
    Optional<Digest> named = Names.digest("" + fan.getFileName() + file.getFileName());
    if (named.isEmpty()) {
      return Optional.empty();
    }
    try {
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Blob(named.get(), facts.size(), facts.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean collect(Digest digest, Instant before) {
    try {
      return isOlder(fileOf(digest), before)
          && aside.decide(digest, taken -> isOlder(taken, before) && Files.deleteIfExists(taken));
    } catch (IOException e) {
      throw DiskTrouble.other("to collect the artifact " + digest, folder, e);
    }
  }

  private static boolean isOlder(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void clearUnfinished() {
    Instant before = clock.instant().minus(ABANDONED);
    try (Stream<Path> listing = Files.list(incoming)) {
      for (Path file : listing.toList()) {
        if (isOlder(file, before)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw DiskTrouble.other("to clear away what was left unfinished", folder, e);
    }
  }

  private Path folderOf(Digest digest) {
    return files.resolve(Names.folder(digest));
  }

  private Path fileOf(Digest digest) {
    return folderOf(digest).resolve(Names.file(digest));
  }

  /** Nothing to close: no file stays open. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return "artifacts in " + folder;
  }
}
