package dev.espalier.compute.data;

import dev.espalier.domain.task.Failure;

/** A data set is not there, is damaged, or has not what is asked of it. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Failures are not serialisable; the message says as much.
  private final transient Failure failure;

  private DataException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /** The data are not here, or not those that are meant; another worker may have them. */
  static DataException missing(String message) {
    return new DataException(new Failure.DataMissing(message));
  }

  /** The data cannot be what is asked for, here or anywhere. */
  public static DataException badInput(String message) {
    return new DataException(new Failure.BadInput(message));
  }

  /** Refuses {@code asked} images of {@code part} of {@code name} when there are fewer. */
  static void requireAtMost(String part, Object name, int asked, int there) {
    if (asked > there) {
      throw badInput(
          "expected at most %d %s images of %s, got %d".formatted(there, part, name, asked));
    }
  }

  /** What is wrong, as a task's outcome. */
  public Failure failure() {
    return failure;
  }
}
