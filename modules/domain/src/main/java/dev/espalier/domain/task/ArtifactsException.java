package dev.espalier.domain.task;

/**
 * The store cannot be used now. Nothing is wrong with the artifact or with the task that needs it:
 * the same task may succeed elsewhere or later.
 */
public abstract sealed class ArtifactsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ArtifactsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The store does not answer, or its disk does not read or write. */
  public static final class Unreachable extends ArtifactsException {
    private static final long serialVersionUID = 1L;

    /** A store out of reach; {@code message} says what was expected, what came, and where. */
    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The store has no room for what was to be put. Nothing of it was kept. */
  public static final class Full extends ArtifactsException {
    private static final long serialVersionUID = 1L;

    /** A full store; {@code message} says what was to be put, where, and how much room there is. */
    public Full(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The store does not let this process in, or is not there: a person must act. */
  public static final class Refused extends ArtifactsException {
    private static final long serialVersionUID = 1L;

    /** A store that refuses; {@code message} says what was expected, what came, and where. */
    public Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
