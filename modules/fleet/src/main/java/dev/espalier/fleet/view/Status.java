package dev.espalier.fleet.view;

import java.util.Locale;

/** Where a study stands. */
public enum Status {
  /** No task of it was taken yet. */
  WAITING,
  /** It is being worked on. */
  RUNNING,
  /** Its submitter holds it. */
  PAUSED,
  /** Its submitter gave it up. */
  CANCELLED,
  /** It took all that it may, and ended with what it has. */
  BUDGET_SPENT,
  /** Every task is done. */
  COMPLETED,
  /** Nothing more can be done, and some tasks ended without a result. */
  FAILED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
