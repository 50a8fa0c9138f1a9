package dev.espalier.compute.train;

import dev.espalier.domain.task.Failure;

/** Something is wrong with the task, not with this process: the task ends with a failure. */
public final class TaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Failures are not serialisable; the message says as much.
  private final transient Failure failure;

  /** The end of a task by {@code failure}. */
  public TaskException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /** What is wrong, as the task's outcome. */
  public Failure failure() {
    return failure;
  }
}
