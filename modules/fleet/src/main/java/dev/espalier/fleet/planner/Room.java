package dev.espalier.fleet.planner;

import dev.espalier.domain.task.TaskKind;

/**
 * How many tasks may still be released for the first time. All that are unfinished stay within the
 * window. Tasks are handed out in the order of their release, so only a little is released ahead of
 * the workers: what comes later, of another study, or from a worker that was told to stop, then
 * never stands behind much; and a prune task, for which others wait, never behind many evaluations,
 * for which nobody does.
 */
final class Room {
  private static final int LEAST_AHEAD = 4;
  private static final int LEAST_EVALUATIONS_AHEAD = 2;

  private int free;
  private int ahead;
  private int evaluationsAhead;

  private Room(int free, int ahead, int evaluationsAhead) {
    this.free = free;
    this.ahead = ahead;
    this.evaluationsAhead = evaluationsAhead;
  }

  /**
   * The room beside what is wanted of {@code ledger}: for each task at work one may wait, and for
   * each second an evaluation.
   */
  static Room beside(Ledger ledger, int window) {
    int working = 0;
    int waiting = 0;
    int evaluations = 0;
    for (Entry entry : ledger.released()) {
      if (entry.isUnderWay() && ledger.runningStudy(entry).isPresent()) {
        boolean waits = entry.isAnswered();
        working += waits ? 0 : 1;
        waiting += waits ? 1 : 0;
        evaluations += waits && entry.kind() == TaskKind.EVALUATE ? 1 : 0;
      }
    }
    return new Room(
        window - working - waiting,
        LEAST_AHEAD + working - waiting,
        LEAST_EVALUATIONS_AHEAD + working / 2 - evaluations);
  }

  /** How many tasks there is room for at most. */
  int left() {
    return Math.max(0, Math.min(free, ahead));
  }

  /** Whether there is room for a task of {@code kind}, which takes it. */
  boolean take(TaskKind kind) {
    boolean fits =
        switch (kind) {
          case CUT, SCORE, PRUNE -> free > 0 && ahead > 0;
          case EVALUATE -> free > 0 && ahead > 0 && evaluationsAhead > 0;
        };
    if (fits) {
      free--;
      ahead--;
      evaluationsAhead -= kind == TaskKind.EVALUATE ? 1 : 0;
    }
    return fits;
  }
}
