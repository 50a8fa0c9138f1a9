package dev.espalier.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * How much work the log still holds for the workers, and where what is done ends. Safe for use by
 * many threads.
 */
public final class Backlog implements AutoCloseable {
  private final Connection connection;
  private final Admin admin;

  private Backlog(Connection connection, Duration patience) {
    this.connection = connection;
    this.admin = connection.open(settings(connection, patience), Admin::create);
  }

  /**
   * Begins to ask the brokers of {@code connection}.
   *
   * @param patience how long they may take to answer
   */
  public static Backlog open(Connection connection, Duration patience) {
    return new Backlog(connection, patience);
  }

  private static Map<String, Object> settings(Connection connection, Duration patience) {
    int limit = Math.toIntExact(patience.toMillis());
    Map<String, Object> settings = connection.client("backlog");
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
    return settings;
  }

  /**
   * Which part of a task topic is not done.
   *
   * @param begin the offset of the first record that was not accepted yet nor given up: all below
   *     will be handed to nobody any more; 0 while the brokers do not know
   * @param unfinished how many such records there are, those that wait and those that are being
   *     worked on: at least 0; 1 or more while the brokers do not know, as before a first worker
   *     came
   */
  public record Extent(long begin, long unfinished) {}

  /**
   * The part of {@code topic} that is not done.
   *
   * @param topic a task topic
   * @throws LogException when the brokers do not answer
   */
  public Extent extent(Topic topic) {
    String group = topic.on(connection);
    TopicPartition partition = partition(topic);
    ListShareGroupOffsetsSpec asked =
        new ListShareGroupOffsetsSpec().topicPartitions(List.of(partition));
    Map<TopicPartition, SharePartitionOffsetInfo> told =
        Waiting.get(
            admin.listShareGroupOffsets(Map.of(group, asked)).partitionsToOffsetInfo(group),
            "the backlog of %s of %s".formatted(partition, connection));
    return Optional.ofNullable(told.get(partition))
        .map(info -> new Extent(info.startOffset(), info.lag().orElse(1L)))
        .orElse(new Extent(0, 1));
  }

  /**
   * How many records of {@code topic} were not accepted yet nor given up.
   *
   * @throws LogException when the brokers do not answer
   */
  public long unfinished(Topic topic) {
    return extent(topic).unfinished();
  }

  /**
   * Has the log forget what lies below {@code begin} on {@code topic}.
   *
   * @throws LogException when the brokers do not answer, or refuse
   */
  public void forget(Topic topic, long begin) {
    TopicPartition partition = partition(topic);
    Waiting.get(
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(begin))).all(),
        "%s of %s to forget what lies below %d".formatted(partition, connection, begin));
  }

  private TopicPartition partition(Topic topic) {
    return new TopicPartition(topic.on(connection), 0);
  }

  @Override
  public void close() {
    admin.close();
  }
}
