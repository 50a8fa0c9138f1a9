package dev.espalier.kafka;

import java.util.Optional;

/** What a worker finds when it is handed a task. */
public sealed interface Opening {
  /**
   * Nothing is left to do: the task is completed, failed for good after the attempt that the
   * release answers, or the release was taken back.
   */
  record Completed() implements Opening {}

  /**
   * Another attempt lives, or claimed the task at this moment: the task is its.
   *
   * @param worker who runs it; absent when it has not said so yet
   */
  record HeldElsewhere(Optional<String> worker) implements Opening {}

  /**
   * The task is this worker's.
   *
   * @param attempt what to work under; to be closed
   */
  record Claimed(Attempt attempt) implements Opening {}
}
