package dev.espalier.kafka;

import dev.espalier.domain.event.Event.AttemptLogged;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what attempts wrote about their work. Nobody keeps it but the log: each time the part of it
 * is read that was written while the attempt lived.
 */
public final class AttemptLogs {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** For what was written before the first word, and by clocks that differ. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Connection connection;

  /** The logs on {@code connection}. */
  public AttemptLogs(Connection connection) {
    this.connection = connection;
  }

  /**
   * The newest lines of an attempt, in their order; none where it wrote none, or the log forgot
   * them.
   *
   * @param newest its newest word
   * @param most how many lines at most
   * @throws LogException when the log cannot be read within a minute
   */
  public List<LogLine> lines(AttemptReported newest, int most) {
    try (Consumer<byte[], byte[]> consumer = consumer();
        Watermarks watermarks = new Watermarks(connection)) {
      String topic = Topic.LOGS.on(connection);
      int partitions = consumer.partitionsFor(topic).size();
      TopicPartition partition =
          new TopicPartition(topic, Records.partitionOf(newest.task().digest(), partitions));
      consumer.assign(List.of(partition));
      Stretch stretch = Stretch.of(partition, watermarks);
      consumer.seek(partition, begin(consumer, partition, newest).orElse(stretch.end()));
      Deque<LogLine> lines = new ArrayDeque<>();
      stretch.read(consumer, LIMIT, record -> keep(linesOf(record, newest), lines, most));
      return List.copyOf(lines);
    } catch (KafkaException e) {
      throw new LogException("expected to read the logs of " + connection, e);
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = connection.client("logs");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return connection.open(settings, LoneReader::new);
  }

  /** Where what was written since the attempt began stands; empty when nothing was. */
  private static Optional<Long> begin(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, AttemptReported newest) {
    Instant began = newest.at().minus(newest.workerTime()).minus(MARGIN);
    return Optional.ofNullable(
            consumer.offsetsForTimes(Map.of(partition, began.toEpochMilli())).get(partition))
        .map(OffsetAndTimestamp::offset);
  }

  private static void keep(List<LogLine> fresh, Deque<LogLine> lines, int most) {
    lines.addAll(fresh);
    while (lines.size() > most) {
      lines.removeFirst();
    }
  }

  private static List<LogLine> linesOf(
      ConsumerRecord<byte[], byte[]> record, AttemptReported newest) {
    try {
      return Records.read(record) instanceof AttemptLogged logged
              && logged.task().equals(newest.task())
              && logged.attempt() == newest.attempt()
          ? logged.lines()
          : List.of();
    } catch (UnreadableRecordException e) {
      return List.of(); // the aggregator keeps it
    }
  }
}
