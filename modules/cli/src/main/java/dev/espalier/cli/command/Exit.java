package dev.espalier.cli.command;

import dev.espalier.domain.report.Report;

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

  /** The study's budget is spent; the report says what was found until then. */
  static final int SPENT = 4;

  /** Espalier itself went wrong; the log file has the details. */
  static final int BROKEN = 70;

  /** Told to stop: what a shell says of a process that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  private Exit() {}

  /** What a command leaves with that brings {@code report}. */
  static int of(Report report) {
    if (report.isComplete()) {
      return OK;
    }
    return report.spent().isPresent() ? SPENT : FAILED;
  }
}
