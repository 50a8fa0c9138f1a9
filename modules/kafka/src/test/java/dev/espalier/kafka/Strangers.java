package dev.espalier.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients that know nothing of events: bytes in, bytes out. */
final class Strangers {
  private Strangers() {}

  static void write(Connection log, Topic topic, String value) {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            log.client("stranger"), new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      Waiting.get(producer.send(new ProducerRecord<>(topic.on(log), bytes)), "a record");
    }
  }

  /** Writes the first record of {@code from} to {@code to}, as it is. */
  static void forward(Connection log, Topic from, Topic to) {
    ConsumerRecord<byte[], byte[]> record = read(log, from).getFirst();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            log.client("stranger"), new ByteArraySerializer(), new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> copy =
          new ProducerRecord<>(to.on(log), null, record.key(), record.value(), record.headers());
      Waiting.get(producer.send(copy), "a record");
    }
  }

  /** All records that stand on {@code topic}, uncommitted ones too. */
  static List<ConsumerRecord<byte[], byte[]>> read(Connection log, Topic topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> settings = log.client("stranger");
    settings.put("enable.auto.commit", false);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.on(log)).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  static Map<String, String> headers(ConsumerRecord<?, ?> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }
}
