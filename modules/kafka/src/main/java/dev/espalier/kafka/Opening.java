package dev.espalier.kafka;

/** What a worker finds when it is handed a task. */
public sealed interface Opening {
  /** Its outcome stands already: nothing is left to do. */
  record Completed() implements Opening {}

  /**
   * Another attempt was heard of within the lock period: the task is its.
   *
   * @param attempt the other's number
   * @param worker who runs it
   */
  record HeldElsewhere(int attempt, String worker) implements Opening {}

  /**
   * The task is this worker's.
   *
   * @param attempt what to work under; to be closed
   */
  record Claimed(Attempt attempt) implements Opening {}
}
