package dev.espalier.wire;

/** JSON that is not the value that it should be. */
public final class UnreadableJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String reason;

  UnreadableJsonException(String pointer, String reason) {
    super("at " + (pointer.isEmpty() ? "the root" : pointer) + ": " + reason);
    this.pointer = pointer;
    this.reason = reason;
  }

  UnreadableJsonException(String pointer, String reason, Throwable cause) {
    this(pointer, reason);
    initCause(cause);
  }

  /** Where: a JSON pointer (RFC 6901), empty for the whole. */
  public String pointer() {
    return pointer;
  }

  /** What was expected and what came. */
  public String reason() {
    return reason;
  }
}
