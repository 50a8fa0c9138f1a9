package dev.espalier.verification.chaos;

import java.util.Locale;

/** What is done to a process. */
enum Fault {
  /** SIGKILL: gone between two instructions. */
  KILLED,
  /** SIGTERM: told to stop, and may end in an orderly way. */
  STOPPED,
  /** SIGSTOP, and SIGCONT when others have long taken it for dead. */
  FROZEN;

  /** Whether the process is gone afterwards. */
  boolean ends() {
    return this != FROZEN;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
