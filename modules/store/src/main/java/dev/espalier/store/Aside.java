package dev.espalier.store;

import dev.espalier.domain.Digest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Takes files out of the store before it is decided whether they go, so that a put at the same time
 * either is seen in the file or writes another. What a crash leaves here, and what is not to go,
 * returns under its name.
 */
final class Aside {
  private static final int NAME = 64; // digits of a digest

  private final Path folder;
  private final Function<Digest, Path> home;
  private final InstantSource clock;

  /**
   * What is decided on in {@code folder}.
   *
   * @param home where the file of an artifact belongs
   * @param clock what a file that returns is as young as
   */
  Aside(Path folder, Function<Digest, Path> home, InstantSource clock) {
    this.folder = folder;
    this.home = home;
    this.clock = clock;
  }

  /** Says whether a file stays, or takes it away. */
  interface Decision {
    /** Takes {@code file} away and says so, or leaves it. */
    boolean takesAway(Path file) throws IOException;
  }

  /** Has {@code decision} made on the file of {@code digest}; no when it is not there. */
  boolean decide(Digest digest, Decision decision) throws IOException {
    Path file = folder.resolve(digest.hex() + "." + UUID.randomUUID());
    boolean gone = false;
    try {
      Files.move(home.apply(digest), file, StandardCopyOption.ATOMIC_MOVE);
      gone = decision.takesAway(file);
    } catch (NoSuchFileException e) {
      return false; // it was gone, or whoever opened the store has just returned it
    } finally {
      if (!gone) {
        giveBack(digest, file);
      }
    }
    return gone;
  }

  /** Returns what was taken by processes that are no more, or still decide: then it stays. */
  void giveBackAll() throws IOException {
    List<Path> left;
    try (Stream<Path> listing = Files.list(folder)) {
      left = listing.toList();
    }
    for (Path file : left) {
      Optional<Digest> digest = digestOf(file.getFileName().toString());
      if (digest.isPresent()) {
        giveBack(digest.get(), file);
      }
    }
  }

  private static Optional<Digest> digestOf(String name) {
    return name.length() > NAME ? Names.digest(name.substring(0, NAME)) : Optional.empty();
  }

  // As young as new, because somebody may have found it there just before it was taken. What was
  // written since is better: what lies here may be damaged.
  private void giveBack(Digest digest, Path file) throws IOException {
    try {
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      Files.move(file, home.apply(digest));
    } catch (FileAlreadyExistsException e) {
      Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      return; // somebody else did
    }
  }
}
