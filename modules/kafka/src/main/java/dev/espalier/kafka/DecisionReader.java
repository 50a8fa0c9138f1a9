package dev.espalier.kafka;

import dev.espalier.domain.trigger.Decision;
import dev.espalier.wire.DecisionCodec;
import dev.espalier.wire.UnreadableEventException;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the topic of decisions from any place. Belongs to one thread. */
final class DecisionReader implements AutoCloseable {
  private final Connection connection;
  private final TopicPartition partition;
  private final LoneReader consumer;
  private final Watermarks watermarks;

  private DecisionReader(Connection connection, LoneReader consumer) {
    this.connection = connection;
    this.partition = new TopicPartition(Topic.DECISIONS.on(connection), 0);
    this.consumer = consumer;
    this.watermarks = new Watermarks(connection);
    consumer.assign(List.of(partition));
  }

  /** Opens one at the beginning. */
  static DecisionReader open(Connection connection) {
    Map<String, Object> settings = connection.client("decisions");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    return new DecisionReader(connection, connection.open(settings, LoneReader::new));
  }

  /** The number of the first decision that the log remembers, or of what would be it. */
  long beginning() {
    try {
      return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    } catch (KafkaException e) {
      throw trouble(e);
    }
  }

  /** The number behind the last: up to the high watermark, so that none hides in a transaction. */
  long end() {
    return Stretch.of(partition, watermarks).end();
  }

  /** Hands on what comes next, waiting for it at most {@code wait}. */
  void step(Duration wait, Consumer<NumberedDecision> sink) {
    try {
      consumer.poll(wait).forEach(record -> read(record).ifPresent(sink));
    } catch (KafkaException e) {
      throw trouble(e);
    }
  }

  /**
   * Hands on the rest of what stands before {@code end}.
   *
   * @throws LogException when that takes longer than {@code limit}
   */
  void readTo(long end, Duration limit, Consumer<NumberedDecision> sink) {
    try {
      new Stretch(partition, end).read(consumer, limit, record -> read(record).ifPresent(sink));
    } catch (KafkaException e) {
      throw trouble(e);
    }
  }

  /** As {@link #readTo}, from {@code begin} on. */
  void read(long begin, long end, Duration limit, Consumer<NumberedDecision> sink) {
    consumer.seek(partition, begin);
    readTo(end, limit, sink);
  }

  private LogException trouble(KafkaException e) {
    return new LogException("expected to read the decisions of " + connection, e);
  }

  /** Nobody but triggers writes there; what is no decision is passed over. */
  private static Optional<NumberedDecision> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      Decision decision = DecisionCodec.decode(KafkaMessageFactory.createReader(record).toEvent());
      return Optional.of(new NumberedDecision(record.offset(), decision));
    } catch (UnreadableEventException | CloudEventRWException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    consumer.close();
    watermarks.close();
  }
}
