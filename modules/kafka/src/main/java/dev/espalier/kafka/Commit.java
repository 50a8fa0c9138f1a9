package dev.espalier.kafka;

/** What became of a transaction. */
public sealed interface Commit {
  /** Its events stand on the log. */
  record Committed() implements Commit {}

  /**
   * A newer holder of the same identity took over: nothing of the transaction stands on the log.
   */
  record Fenced() implements Commit {}
}
