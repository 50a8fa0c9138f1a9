package dev.espalier.verification.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process takes for the time of day, by libfaketime (Debian: libfaketime), which reads from
 * a file how far it is off. How fast time passes is left alone, as by a clock that is set.
 */
final class Clock {
  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final PathMatcher LIBRARY =
      FileSystems.getDefault().getPathMatcher("glob:**/faketime/libfaketimeMT.so.1");
  private static final Path SHARED = Path.of("/dev/shm");
  private static final int DEPTH = 3;

  private final Path offset;

  /** A clock that is right; what it is off by will be in a file of that name. */
  Clock(Path offset) {
    this.offset = offset;
    set(Duration.ZERO);
  }

  /** Whether processes of this machine can have one. */
  static boolean areAvailable() {
    return library().isPresent();
  }

  private static Optional<Path> library() {
    try (Stream<Path> all = Files.find(LIBRARIES, DEPTH, (file, _) -> LIBRARY.matches(file))) {
      return all.findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** What to put before a command that is to go by it. */
  List<String> prefix() {
    return List.of(
        "env",
        "LD_PRELOAD=" + library().orElseThrow(),
        "FAKETIME_TIMESTAMP_FILE=" + offset,
        "FAKETIME_CACHE_DURATION=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "FAKETIME_FORCE_MONOTONIC_FIX=0", // else every wait with a limit is over at once
        "NO_FAKE_STAT=1");
  }

  /** From now on it is off by {@code wrong}; within a second whoever goes by it sees that. */
  void set(Duration wrong) {
    try {
      Path next = offset.resolveSibling(offset.getFileName() + ".next");
      Files.writeString(next, "%+d%n".formatted(wrong.toSeconds()));
      Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes away what the library leaves in memory of a process that was killed. */
  static void forget(long pid) {
    try {
      Files.deleteIfExists(SHARED.resolve("faketime_shm_" + pid));
      Files.deleteIfExists(SHARED.resolve("sem.faketime_sem_" + pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
