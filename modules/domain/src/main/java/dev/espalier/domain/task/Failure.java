package dev.espalier.domain.task;

/** What can be wrong with a task; published like any other outcome. */
public sealed interface Failure {
  /** What was expected, what came, and where: one sentence for a person. */
  String message();

  /** Whether the same task may succeed elsewhere or later. */
  default boolean retryable() {
    return false;
  }

  /**
   * The data set is not there, or is not the one that the task names.
   *
   * @param message what was expected, what came, and where
   */
  record DataMissing(String message) implements Failure {
    @Override
    public boolean retryable() {
      return true;
    }
  }

  /**
   * An artifact that the task needs is not in the store, or is damaged.
   *
   * @param message what was expected, what came, and where
   */
  record ArtifactMissing(String message) implements Failure {
    @Override
    public boolean retryable() {
      return true;
    }
  }

  /**
   * The store does not answer, has no room, or does not let this worker in. Said of an attempt that
   * runs, it waits for the store.
   *
   * @param message what was expected, what came, and where
   */
  record StoreUnreachable(String message) implements Failure {
    /** What {@code trouble} says. */
    public static StoreUnreachable of(ArtifactsException trouble) {
      return new StoreUnreachable(String.valueOf(trouble.getMessage()));
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /**
   * The task asks for something impossible, such as a batch larger than its data set.
   *
   * @param message what was expected, what came, and where
   */
  record BadInput(String message) implements Failure {}

  /**
   * The loss is no longer a number.
   *
   * @param message what was expected, what came, and where
   */
  record Diverged(String message) implements Failure {}

  /**
   * A weight that the mask removes is not zero.
   *
   * @param message what was expected, what came, and where
   */
  record MaskViolated(String message) implements Failure {}

  /**
   * The worker has not enough memory for the task.
   *
   * @param message what was expected, what came, and where
   */
  record OutOfMemory(String message) implements Failure {
    @Override
    public boolean retryable() {
      return true;
    }
  }

  /**
   * One worker after the other fell silent over the task before it reached a checkpoint: the task
   * may be what ends them.
   *
   * @param message what was expected, what came, and where
   */
  record WorkersLost(String message) implements Failure {}
}
