package dev.espalier.fleet.simulation;

/** What holds after every step. */
enum Invariant {
  /** A task has at most one outcome that counts: nothing ends it again once it is completed. */
  ONE_OUTCOME,
  /** Mask, last figures and outcome stand together, once. */
  EFFECTS_TOGETHER,
  /** What ends a task is its highest attempt. */
  SUPERSEDED_COMMITS_NOTHING,
  /** Every claim has a higher number than those before. */
  NUMBERS_RISE,
  /** No task is released or claimed before its parents are completed. */
  PARENTS_FIRST,
  /** No task is claimed that is completed. */
  NOTHING_AFTER_COMPLETION,
  /**
   * No task is taken from another's attempt whose heartbeat is young, unless the planner gave it
   * up.
   */
  LIVING_ATTEMPTS_KEEP,
  /**
   * Nobody who lived through an absence of the log takes another's attempt for silent before half a
   * lock has passed, unless the planner gave it up.
   */
  SILENCE_IS_HEARD,
  /**
   * An attempt goes on from the newest checkpoint that was told of before it fenced the others. If
   * one of these deletes it meanwhile, not knowing that it is fenced, the attempt begins anew.
   */
  NEWEST_CHECKPOINT,
  /** No attempt drops what it has worked out, unless a higher one or the task's end is known. */
  WORK_KEPT,
  /**
   * A delivery is accepted when the log says whose the task is, and the work on it is over or it
   * holds too many others up.
   */
  ACCEPTED_WHEN_OVER,
  /** No release answers an attempt that has neither stopped nor once been silent for a lock. */
  ANSWERED_FOR_A_REASON,
  /** Two releases that answer the same attempt lie two locks apart. */
  RELEASES_BOUNDED,
  /** That a budget is spent is said at most once for each wish, and only when it is. */
  BUDGET_SPENT_ONCE,
  /**
   * Nothing is released for a study whose budget is spent, and no more tasks are begun for one than
   * it may begin.
   */
  NOTHING_BEYOND_A_BUDGET,
  /** Once faults stop, every study comes to its end: it is completed, or its budget is spent. */
  EVERY_STUDY_ENDS,
  /** An aggregator's standings are those of a replay from the beginning. */
  STANDINGS_REPLAY,
  /** Once faults stop, everything that is wanted is completed. */
  NOTHING_LOST
}
