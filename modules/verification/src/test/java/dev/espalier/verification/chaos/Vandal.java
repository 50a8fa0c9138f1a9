package dev.espalier.verification.chaos;

import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Place;
import dev.espalier.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes onto the log what no process of the fleet would, and knows where it stands. */
final class Vandal implements AutoCloseable {
  private static final List<Topic> TOPICS =
      List.of(
          Topic.STUDIES, Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES, Topic.MASKS, Topic.METRICS);
  private static final Duration TURN = Duration.ofMillis(200);

  /** The largest value that a broker takes unless told otherwise, less a record's other bytes. */
  private static final int OVERSIZED = (1 << 20) - 200;

  private final Deck deck;
  private final Connection log;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Set<Place> garbled = new HashSet<>();
  private final Set<Place> repeated = new HashSet<>();

  /** One who writes onto {@code log} as {@code deck} decides. */
  Vandal(Connection log, Deck deck) {
    this.deck = deck;
    this.log = log;
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            log.bootstrap(),
            "isolation.level",
            "read_committed",
            "acks",
            "all");
    this.consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Where records stand that nobody can read. */
  Set<Place> garbled() {
    return garbled;
  }

  /** Where records stand once more, after what was said since. */
  Set<Place> repeated() {
    return repeated;
  }

  /** Writes onto each topic a record that is no event, made of one that is where there is any. */
  void garble() {
    for (Topic topic : TOPICS) {
      List<ConsumerRecord<byte[], byte[]>> records = read(topic);
      byte[] value = records.isEmpty() ? new byte[] {'{'} : deck.pick(records).value();
      Headers headers = records.isEmpty() ? new RecordHeaders() : deck.pick(records).headers();
      garbled.add(
          switch (deck.between(1, 4)) {
            case 1 -> write(topic, Arrays.copyOf(value, value.length / 2), headers);
            case 2 -> write(topic, value, new RecordHeaders());
            case 3 -> write(topic, new byte[OVERSIZED], new RecordHeaders());
            default -> write(topic, "no event".getBytes(StandardCharsets.UTF_8), headers);
          });
    }
  }

  private Place write(Topic topic, byte[] value, Headers headers) {
    byte[] key = "chaos".getBytes(StandardCharsets.UTF_8);
    return write(topic, new ProducerRecord<>(topic.on(log), 0, key, value, headers));
  }

  /** Writes some of what stands on each topic again, in another order. */
  void repeat() {
    for (Topic topic : TOPICS) {
      List<ConsumerRecord<byte[], byte[]>> records = read(topic);
      records.removeIf(record -> garbled.contains(place(topic, record)) || record.value() == null);
      for (int i = 0; i < Math.min(3, records.size()); i++) {
        ConsumerRecord<byte[], byte[]> one = deck.pick(records);
        ProducerRecord<byte[], byte[]> again =
            new ProducerRecord<>(
                one.topic(), one.partition(), one.key(), one.value(), one.headers());
        repeated.add(write(topic, again));
      }
    }
  }

  private static Place place(Topic topic, ConsumerRecord<?, ?> record) {
    return new Place(topic, record.partition(), record.offset());
  }

  private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < topic.partitions(); i++) {
      partitions.add(new TopicPartition(topic.on(log), i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(TURN).forEach(records::add);
    }
    return records;
  }

  private Place write(Topic topic, ProducerRecord<byte[], byte[]> record) {
    try {
      RecordMetadata written = producer.send(record).get();
      return new Place(topic, written.partition(), written.offset());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("expected " + topic + " to take a record", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
  }
}
