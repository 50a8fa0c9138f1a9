package dev.espalier.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;

/** How much work the log still holds for the workers. Safe for use by many threads. */
public final class Backlog implements AutoCloseable {
  private final Connection connection;
  private final Admin admin;

  private Backlog(Connection connection) {
    this.connection = connection;
    this.admin = connection.open(connection.client("backlog"), Admin::create);
  }

  /** Begins to ask the brokers of {@code connection}. */
  public static Backlog open(Connection connection) {
    return new Backlog(connection);
  }

  /**
   * The records of {@code topic} that were not accepted yet nor given up: those that wait, and
   * those that are being worked on.
   *
   * @param topic a task topic
   * @return at least 0; 1 or more while the brokers do not know, as before a first worker came
   * @throws LogException when the brokers do not answer
   */
  public long unfinished(Topic topic) {
    String group = topic.on(connection);
    TopicPartition partition = new TopicPartition(group, 0);
    ListShareGroupOffsetsSpec asked =
        new ListShareGroupOffsetsSpec().topicPartitions(List.of(partition));
    Map<TopicPartition, SharePartitionOffsetInfo> told =
        Waiting.get(
            admin.listShareGroupOffsets(Map.of(group, asked)).partitionsToOffsetInfo(group),
            "the backlog of %s of %s".formatted(partition, connection));
    Collection<SharePartitionOffsetInfo> known =
        told.values().stream().filter(Objects::nonNull).toList();
    return known.isEmpty() ? 1 : known.stream().mapToLong(info -> info.lag().orElse(1L)).sum();
  }

  @Override
  public void close() {
    admin.close();
  }
}
