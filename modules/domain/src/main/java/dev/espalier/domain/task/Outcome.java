package dev.espalier.domain.task;

/**
 * How a task ended, for good. Written once a task, in the fenced transaction of the attempt that
 * ended it.
 */
public sealed interface Outcome {
  /**
   * The task is done.
   *
   * @param result what it found
   * @param numerics what its bits depend on
   * @param cost what it took
   */
  record Completed(Result result, Numerics numerics, Cost cost) implements Outcome {}

  /**
   * The task cannot be done.
   *
   * @param failure why
   */
  record Failed(Failure failure) implements Outcome {}
}
