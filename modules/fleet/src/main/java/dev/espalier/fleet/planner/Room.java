package dev.espalier.fleet.planner;

import dev.espalier.domain.task.TaskKind;

/**
 * How many tasks may still be released for the first time. All that are unfinished stay within the
 * window. Evaluations are released only a little ahead of the workers, because tasks are handed out
 * in the order of their release, and a prune task, for which others wait, should never stand behind
 * many evaluations, for which nobody does.
 */
final class Room {
  private static final int LEAST_AHEAD = 4;

  private int free;
  private int ahead;

  private Room(int free, int ahead) {
    this.free = free;
    this.ahead = ahead;
  }

  /** The room beside what is wanted of {@code ledger}: two tasks may wait for each at work. */
  static Room beside(Ledger ledger, int window) {
    int working = 0;
    int waiting = 0;
    for (Entry entry : ledger.open()) {
      if (entry.isUnderWay() && ledger.runningStudy(entry).isPresent()) {
        waiting += entry.isAnswered() ? 1 : 0;
        working += entry.isAnswered() ? 0 : 1;
      }
    }
    return new Room(window - working - waiting, LEAST_AHEAD + 2 * working - waiting);
  }

  /** Whether there is room for a task of {@code kind}, which takes it. */
  boolean take(TaskKind kind) {
    boolean fits =
        switch (kind) {
          case CUT, SCORE, PRUNE -> free > 0;
          case EVALUATE -> free > 0 && ahead > 0;
        };
    if (fits) {
      free--;
      ahead--;
    }
    return fits;
  }
}
