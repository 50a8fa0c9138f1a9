package dev.espalier.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Keeps bytes that are no task: key, value and headers as they came, and headers that say where
 * they stood and why they are here. The broker's own dead letters cannot say why.
 */
final class DeadLetters implements AutoCloseable {
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
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    add(letter.headers(), "deadletter_reason", reason);
    add(letter.headers(), "deadletter_topic", record.topic());
    add(letter.headers(), "deadletter_partition", Integer.toString(record.partition()));
    add(letter.headers(), "deadletter_offset", Long.toString(record.offset()));
    Waiting.get(producer.send(letter), "a dead letter to be taken by " + connection);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    producer.close();
  }
}
