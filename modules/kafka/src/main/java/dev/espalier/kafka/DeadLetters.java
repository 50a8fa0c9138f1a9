package dev.espalier.kafka;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.task.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes that are no event: key, value and headers as they came, and headers that say where
 * they stood and why they are here. With these a record that is as large as a broker takes would be
 * too large: of such a one only the beginning of its value is kept. The broker's own dead letters
 * cannot say why. Tasks that are given up are kept too, as the events that say so. {@link
 * DeadLetterBox} reads them.
 */
final class DeadLetters implements AutoCloseable {
  static final String REASON = "deadletter_reason";
  static final String TOPIC = "deadletter_topic";
  static final String PARTITION = "deadletter_partition";
  static final String OFFSET = "deadletter_offset";

  /** The size of the value that came, in bytes; what is kept of it may be less. */
  static final String SIZE = "deadletter_size";

  /** The largest record that is kept whole: what a broker takes, less what a letter adds. */
  private static final int LARGEST = (1 << 20) - (64 << 10);

  private static final int BEGINNING = 64 << 10;
  private static final int LONGEST_REASON = 4_000; // it may quote what came

  private final Connection connection;
  private final String topic;
  private final Producer<byte[], byte[]> producer;

  DeadLetters(Connection connection) {
    this.connection = connection;
    this.topic = Topic.DEADLETTERS.on(connection);
    Map<String, Object> settings = connection.client("deadletters");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    this.producer =
        connection.open(
            settings,
            given ->
                new KafkaProducer<>(given, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /**
   * Keeps {@code record}; returns when the broker has it.
   *
   * @throws LogException when it does not take it
   */
  void write(ConsumerRecord<byte[], byte[]> record, String reason) {
    taken(send(record, reason));
  }

  /**
   * Keeps all {@code records}; returns when the broker has them.
   *
   * @throws LogException when it does not take one of them
   */
  void write(List<Unreadable> records) {
    records.stream()
        .map(unreadable -> send(unreadable.record(), unreadable.reason()))
        .toList()
        .forEach(this::taken);
  }

  private Future<RecordMetadata> send(ConsumerRecord<byte[], byte[]> record, String reason) {
    ProducerRecord<byte[], byte[]> letter =
        size(record) > LARGEST
            ? new ProducerRecord<>(topic, beginning(record.value()))
            : new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    add(letter.headers(), SIZE, Integer.toString(length(record.value())));
    add(letter.headers(), REASON, reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
    add(letter.headers(), TOPIC, record.topic());
    add(letter.headers(), PARTITION, Integer.toString(record.partition()));
    add(letter.headers(), OFFSET, Long.toString(record.offset()));
    return producer.send(letter);
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    long size = (long) length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      size += header.key().length() + length(header.value());
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static byte[] beginning(byte @Nullable [] value) {
    return value == null ? new byte[0] : Arrays.copyOf(value, Math.min(BEGINNING, value.length));
  }

  private void taken(Future<RecordMetadata> sent) {
    RecordMetadata _ = Waiting.get(sent, "a dead letter to be taken by " + connection);
  }

  /** Where a record stood, in one word. */
  static String origin(String topic, String partition, String offset) {
    return "%s-%s@%s".formatted(topic, partition, offset);
  }

  /** The letter of a task that was given up. */
  static ProducerRecord<String, byte[]> record(
      Connection connection, OutcomePublished ended, Failure failure, Envelope envelope) {
    ProducerRecord<String, byte[]> letter =
        Records.write(
            ended, envelope, Topic.DEADLETTERS.on(connection), Topic.DEADLETTERS.partitions());
    add(letter.headers(), REASON, failure.message());
    add(letter.headers(), TOPIC, Topic.OUTCOMES.on(connection));
    return letter;
  }

  static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  List<ClientMetric> metrics() {
    return ClientMetric.of(producer.metrics());
  }

  @Override
  public void close() {
    producer.close();
  }
}
