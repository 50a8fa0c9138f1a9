package dev.espalier.kafka;

/** What a worker finds when it is handed a task. */
public sealed interface Opening {
  /**
   * Nothing is left to do: the task is completed, failed after the attempt that the release
   * answers, or the release was taken back.
   */
  record Completed() implements Opening {}

  /**
   * Another attempt lives, or failed and the planner has not answered: the task is not to be taken.
   *
   * @param worker whose attempt it is
   */
  record HeldElsewhere(String worker) implements Opening {}

  /**
   * The task is this worker's.
   *
   * @param attempt what to work under; to be closed
   */
  record Claimed(Attempt attempt) implements Opening {}
}
