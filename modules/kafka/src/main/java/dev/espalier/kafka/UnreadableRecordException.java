package dev.espalier.kafka;

/** A record that is no event of ours; its message says what was expected and what came. */
final class UnreadableRecordException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  UnreadableRecordException(String reason) {
    super(reason);
    this.reason = reason;
  }

  UnreadableRecordException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** What was expected and what came. */
  String reason() {
    return reason;
  }
}
