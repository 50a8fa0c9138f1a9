package dev.espalier.kafka;

import java.nio.file.Path;

/** Another living process keeps its broker in the directory: join it instead. */
public final class DirectoryInUseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DirectoryInUseException(Path directory) {
    super("expected a directory that no other broker uses, got " + directory);
  }
}
