package dev.espalier.verification.chaos;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is done to a part of the fleet. */
enum Fault {
  /** SIGKILL: gone between two instructions. */
  KILLED,
  /** SIGTERM: told to stop, and may end in an orderly way. */
  STOPPED,
  /** SIGSTOP, and SIGCONT when others have long taken it for dead. */
  FROZEN,
  /** Nothing gets through to it or from it for a while. */
  CUT_OFF,
  /** What gets through is late for a while, and a part of it is lost. */
  DISTURBED,
  /** Its clock is off by half an hour or more for a while, forwards and backwards in turn. */
  JUMPED,
  /** No room is left on its disk for a while. */
  FULL,
  /** A checkpoint that a task is about to be resumed from has a bit that is wrong. */
  DAMAGED,
  /** Messages are written onto it that are no events, some as large as a message may be. */
  GARBLED,
  /** Messages are written onto it once more, late and in another order. */
  REPEATED;

  /** What can be done on any machine, by anybody. */
  static final Set<Fault> ANYWHERE =
      EnumSet.of(KILLED, STOPPED, FROZEN, DAMAGED, GARBLED, REPEATED);

  /** What takes hosts and lines of one's own. */
  static final Set<Fault> TO_WIRES = EnumSet.of(CUT_OFF, DISTURBED);

  /** Whether the process is gone afterwards. */
  boolean ends() {
    return this == KILLED || this == STOPPED;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
