package dev.espalier.kafka;

import java.util.Optional;

/**
 * What goes around every event of a writer.
 *
 * @param source who speaks, a CloudEvents source
 * @param cause the id of the event that led to it
 * @param traceparent the W3C trace context that the event belongs to
 */
record Envelope(String source, Optional<String> cause, Optional<String> traceparent) {
  /** The envelope of one who has neither a cause to name nor a trace to pass on. */
  static Envelope from(String source) {
    return new Envelope(source, Optional.empty(), Optional.empty());
  }
}
