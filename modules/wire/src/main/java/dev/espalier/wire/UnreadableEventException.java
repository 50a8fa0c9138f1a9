package dev.espalier.wire;

/** A CloudEvent that is none of ours, or not as its type says. */
public final class UnreadableEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableEventException(String reason) {
    super(reason);
  }

  UnreadableEventException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
