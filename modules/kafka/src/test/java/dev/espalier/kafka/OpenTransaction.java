package dev.espalier.kafka;

import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Somebody's transaction that is not over, in every partition of a topic. */
final class OpenTransaction implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;

  private OpenTransaction(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  static OpenTransaction begin(Connection log, Topic topic) {
    Map<String, Object> settings = log.client("test");
    settings.put("transactional.id", "test-" + UUID.randomUUID());
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    for (int partition = 0; partition < topic.partitions(); partition++) {
      byte[] value = new byte[] {1};
      Waiting.get(
          producer.send(new ProducerRecord<>(topic.on(log), partition, value, value)), "a record");
    }
    return new OpenTransaction(producer);
  }

  void abort() {
    producer.abortTransaction();
  }

  @Override
  public void close() {
    producer.close();
  }
}
