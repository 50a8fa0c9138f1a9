package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.util.List;

/**
 * Writes events outside transactions, each in the topic where it belongs. Safe for use by many
 * threads.
 */
public final class Publisher implements AutoCloseable {
  private final Pen pen;
  private final Envelope envelope;

  private Publisher(Pen pen, Envelope envelope) {
    this.pen = pen;
    this.envelope = envelope;
  }

  /**
   * Opens a publisher.
   *
   * @param source who speaks: the CloudEvents source, such as {@code /espalier/gateway}
   */
  public static Publisher open(Connection connection, String source) {
    return new Publisher(Pen.plain(connection, "publisher"), Envelope.from(source));
  }

  /**
   * Writes {@code event}; returns when the broker has it.
   *
   * @throws LogException when it does not take it
   */
  public void publish(Event event) {
    pen.writeAndWait(event, envelope);
  }

  /** The figures of its client. */
  public List<ClientMetric> metrics() {
    return pen.metrics();
  }

  @Override
  public void close() {
    pen.close();
  }
}
