package dev.espalier.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What stands in a partition by now: up to the high watermark, so that nothing hides behind a
 * transaction that is just ending.
 *
 * @param end the offset behind its last record
 */
record Stretch(TopicPartition partition, long end) {
  private static final Duration TURN = Duration.ofMillis(200);

  /**
   * What stands in {@code partition} now.
   *
   * @throws LogException when the log does not tell
   */
  static Stretch of(TopicPartition partition, Watermarks watermarks) {
    return new Stretch(partition, watermarks.of(List.of(partition)).getOrDefault(partition, 0L));
  }

  /**
   * Hands the rest of it to {@code sink}, from where {@code consumer} stands.
   *
   * @throws LogException when that takes longer than {@code limit}
   */
  void read(
      Consumer<byte[], byte[]> consumer,
      Duration limit,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (consumer.position(partition) < end) {
      if (System.nanoTime() > deadline) {
        throw new LogException(
            "expected to read %s up to %d within %s, got to %d"
                .formatted(partition, end, limit, consumer.position(partition)));
      }
      consumer.poll(TURN).forEach(sink);
    }
  }
}
