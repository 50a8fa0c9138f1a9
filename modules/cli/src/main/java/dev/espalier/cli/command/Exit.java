package dev.espalier.cli.command;

import dev.espalier.cli.client.GatewayException;
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

  /** The study that was watched was cancelled. */
  static final int CANCELLED = 5;

  /** Espalier itself went wrong; the log file has the details. */
  static final int BROKEN = 70;

  /** Told to stop: what a shell says of a process that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  private Exit() {}

  /** What a command leaves with that awaited the end of a study, which stands at {@code status}. */
  static int ofStatus(String status) {
    return switch (status) {
      case "failed" -> FAILED;
      case "cancelled" -> CANCELLED;
      case "budget spent" -> SPENT;
      default -> OK;
    };
  }

  /** What a command leaves with that a gateway does not do what it was asked for. */
  static int of(GatewayException refusal) {
    return switch (refusal.kind()) {
      case AWAY, CLOSED -> ENVIRONMENT;
      case REFUSED, UNKNOWN -> USAGE;
      case BROKEN -> BROKEN;
    };
  }

  /** What a command leaves with that brings {@code report}. */
  static int of(Report report) {
    if (report.isComplete()) {
      return OK;
    }
    return report.spent().isPresent() ? SPENT : FAILED;
  }
}
