package dev.espalier.kafka;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The directory of one embedded broker: its log, a lock, and the address at which others of the
 * machine reach it.
 */
final class BrokerDirectory {
  private static final String ADDRESS = "address";

  /**
   * A process computes another's start from the system's boot time, which may be off by a second.
   */
  private static final long START_TOLERANCE_MS = 5_000;

  private final Path path;
  private final FileChannel channel;

  private BrokerDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes {@code path} for this process.
   *
   * @throws DirectoryInUseException when another living broker has it
   * @throws LogException when it cannot be written
   */
  static BrokerDirectory lock(Path path) {
    // Asked first because a process loses its locks on a file when it closes any channel on it.
    if (announced(path).isPresent()) {
      throw new DirectoryInUseException(path);
    }
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locks(channel)) {
        channel.close();
        throw new DirectoryInUseException(path);
      }
      Files.deleteIfExists(path.resolve(ADDRESS));
      return new BrokerDirectory(path, channel);
    } catch (IOException e) {
      throw new LogException("expected to write in " + path, e);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Where the broker's data are. */
  Path log() {
    return path.resolve("log");
  }

  /** Tells others that the broker of this process is at {@code bootstrap}. */
  void announce(String bootstrap) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Path draft = path.resolve(ADDRESS + ".draft");
    Files.write(draft, List.of(bootstrap, Long.toString(self.pid()), Long.toString(startOf(self))));
    Files.move(
        draft,
        path.resolve(ADDRESS),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The address that a process which is still alive announced. */
  static Optional<String> announced(Path path) {
    try {
      List<String> lines = Files.readAllLines(path.resolve(ADDRESS));
      return lines.size() == 3 && lives(lines.get(1), lines.get(2))
          ? Optional.of(lines.getFirst())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the process lives and is not another that was given the same number. */
  private static boolean lives(String pid, String start) {
    try {
      long announced = Long.parseLong(start);
      return ProcessHandle.of(Long.parseLong(pid))
          .filter(ProcessHandle::isAlive)
          .filter(process -> Math.abs(startOf(process) - announced) <= START_TOLERANCE_MS)
          .isPresent();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** When the process started, in milliseconds of the epoch; 0 where the system does not tell. */
  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Gives the directory free. */
  void release() {
    try {
      Files.deleteIfExists(path.resolve(ADDRESS));
      channel.close();
    } catch (IOException e) {
      throw new LogException("expected to write in " + path, e);
    }
  }
}
