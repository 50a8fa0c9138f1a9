package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

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

  /**
   * Writes {@code events}, those of a task or study in their order; returns when the broker has
   * all.
   *
   * @throws LogException when it does not take one; of the others some may stand
   */
  public void publish(List<? extends Event> events) {
    List<Future<RecordMetadata>> written =
        events.stream().map(event -> pen.write(event, envelope)).toList();
    for (Future<RecordMetadata> taken : written) {
      RecordMetadata _ = Waiting.get(taken, "events to be taken");
    }
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
