package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.util.List;

/**
 * Writes events outside transactions, each in the topic where it belongs. Safe for use by many
 * threads.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Publisher implements AutoCloseable {
  private Publisher() {}

  /**
   * Opens a publisher.
   *
   * @param source who speaks: the CloudEvents source, such as {@code /espalier/gateway}
   */
  public static Publisher open(Connection connection, String source) {
    throw new UnsupportedOperationException(connection + source);
  }

  /**
   * Writes {@code event}; returns when the broker has it.
   *
   * @throws LogException when it does not take it
   */
  public void publish(Event event) {
    throw new UnsupportedOperationException(event.toString());
  }

  /** The figures of its client. */
  public List<ClientMetric> metrics() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
