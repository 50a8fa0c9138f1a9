package dev.espalier.cli.command;

import java.nio.file.Path;

/** Where the process logs: a file, since the terminal shows progress. */
final class LogFile {
  /** The property that {@code logback.xml} takes the file's name from. */
  private static final String PROPERTY = "espalier.log";

  private LogFile() {}

  /** Logs under {@code work} from now on; to be said before anything is logged. */
  static void in(Path work) {
    System.setProperty(PROPERTY, work.resolve("espalier.log").toString());
  }
}
