package dev.espalier.store;

import dev.espalier.domain.task.ArtifactsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is wrong with a folder, told from the errors of its disk. */
final class DiskTrouble {
  private static final List<String> FULL =
      List.of("no space left on device", "disk quota exceeded", "file too large");
  private static final List<String> REFUSED =
      List.of("read-only file system", "not a directory", "operation not permitted");

  private DiskTrouble() {}

  /**
   * Why something could not be written.
   *
   * @param what what was to be written
   * @param bytes its size
   */
  static ArtifactsException writing(String what, long bytes, Path folder, IOException cause) {
    long room = roomIn(folder);
    if (says(cause, FULL) || room < bytes) {
      return new ArtifactsException.Full(
          "expected room for %s of %,d bytes in %s, which has %,d bytes left: %s"
              .formatted(what, bytes, folder, room, cause.getMessage()),
          cause);
    }
    return other("to write " + what, folder, cause);
  }

  /**
   * Why something could not be done that takes no room.
   *
   * @param what what was to be done, as in "to read …"
   */
  static ArtifactsException other(String what, Path folder, IOException cause) {
    String message = "expected %s in %s, got %s".formatted(what, folder, cause);
    boolean refused =
        cause instanceof AccessDeniedException
            || cause instanceof NotDirectoryException
            || cause instanceof FileAlreadyExistsException
            || says(cause, REFUSED);
    return refused
        ? new ArtifactsException.Refused(message, cause)
        : new ArtifactsException.Unreachable(message, cause);
  }

  private static boolean says(IOException cause, List<String> reasons) {
    String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return reasons.stream().anyMatch(said::contains);
  }

  // As much as there can be where it cannot be told, so that nothing is called full for it.
  private static long roomIn(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
