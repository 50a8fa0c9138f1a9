package dev.espalier.cli.command;

/** What the command leaves with. */
final class Exit {
  /** Done. */
  static final int OK = 0;

  /** A task of the study failed; the report says which and why. */
  static final int FAILED = 1;

  /** The command line or the study file is wrong. */
  static final int USAGE = 2;

  /** The machine lacks what the command needs: the data, a JDK, a folder that can be written. */
  static final int ENVIRONMENT = 3;

  /** Espalier itself went wrong; the log file has the details. */
  static final int BROKEN = 70;

  /** Told to stop: what a shell says of a process that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
