package dev.espalier.kafka;

import dev.espalier.wire.ForeignEvents;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Takes events from outside onto the log, as they came. Safe for use by many threads. */
public final class EventInbox implements AutoCloseable {
  private static final Duration FULL = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Connection connection;
  private final String topic;
  private final Producer<String, byte[]> producer;

  private EventInbox(Connection connection, Producer<String, byte[]> producer) {
    this.connection = connection;
    this.topic = Topic.EVENTS.on(connection);
    this.producer = producer;
  }

  /** Opens the inbox of {@code connection}. */
  public static EventInbox open(Connection connection) {
    Map<String, Object> settings = connection.client("inbox");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, FULL.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(LONGEST.toMillis() / 2));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(LONGEST.toMillis()));
    return new EventInbox(
        connection,
        connection.open(
            settings,
            given ->
                new KafkaProducer<>(given, new StringSerializer(), new ByteArraySerializer())));
  }

  /**
   * Begins to write {@code event}; may wait five seconds for room.
   *
   * @return ends when the broker has it, or with a {@link LogException} when it does not take it
   */
  public CompletionStage<Void> write(CloudEvent event) {
    String key = ForeignEvents.of(event).key().toString();
    return send(KafkaMessageFactory.<String>createWriter(topic, 0, key).writeBinary(event));
  }

  /**
   * Begins to write what is no event, so that it is kept with the reason.
   *
   * @param headers as the binding for Kafka calls them
   * @param bytes what came
   */
  public CompletionStage<Void> write(Map<String, byte[]> headers, byte[] bytes) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, bytes);
    headers.forEach(record.headers()::add);
    return send(record);
  }

  private CompletionStage<Void> send(ProducerRecord<String, byte[]> record) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    try {
      Future<?> _ =
          producer.send(
              record,
              (_, trouble) -> {
                if (trouble == null) {
                  taken.complete(null);
                } else {
                  taken.completeExceptionally(refusal(trouble));
                }
              });
    } catch (KafkaException e) {
      taken.completeExceptionally(refusal(e));
    }
    return taken;
  }

  private LogException refusal(Exception trouble) {
    return new LogException("expected an event to be taken by " + connection, trouble);
  }

  /** The figures of its client. */
  public List<ClientMetric> metrics() {
    return ClientMetric.of(producer.metrics());
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
