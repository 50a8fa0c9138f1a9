package dev.espalier.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer of no group, which therefore leaves without a word to anybody: Kafka's own would first
 * wait for the answer to its last question, half a second where nothing new is written.
 */
final class LoneReader extends KafkaConsumer<byte[], byte[]> {
  private static final CloseOptions AT_ONCE = CloseOptions.timeout(Duration.ZERO);

  LoneReader(Map<String, Object> settings) {
    super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    close(AT_ONCE);
  }
}
