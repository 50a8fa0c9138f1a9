package dev.espalier.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions end, uncommitted records included: a reader of committed records that has got
 * there has missed nothing. The end of what is committed would hide an outcome behind another's
 * open transaction. Safe for use by many threads.
 */
final class Watermarks implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int NAME = 8; // characters of a random name that tell logs apart

  private final Connection connection;
  private final Admin admin;

  Watermarks(Connection connection) {
    this.connection = connection;
    this.admin = connection.open(connection.client("watermarks"), Admin::create);
  }

  /**
   * The offset after the last record of each partition.
   *
   * @throws LogException when the log does not tell for a minute
   */
  Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) {
    return of(partitions, LONGEST);
  }

  /**
   * The same by an answer that is worth little when it is late.
   *
   * @throws LogException when the log does not tell within {@code longest}
   */
  Map<TopicPartition, Long> of(Collection<TopicPartition> partitions, Duration longest) {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    ListOffsetsOptions everything =
        new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)
            .timeoutMs(Math.toIntExact(longest.toMillis()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    Waiting.get(
            admin.listOffsets(asked, everything).all(),
            "the ends of %s of %s".formatted(partitions, connection))
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /**
   * What tells this log from others that had the same topics before or elsewhere.
   *
   * @throws LogException when the log does not tell for a minute
   */
  String log() {
    String name = Waiting.get(admin.describeCluster().clusterId(), "the name of " + connection);
    String plain = name.replaceAll("[^A-Za-z0-9_-]", "");
    return plain.substring(0, Math.min(NAME, plain.length()));
  }

  List<ClientMetric> metrics() {
    return ClientMetric.of(admin.metrics());
  }

  @Override
  public void close() {
    admin.close();
  }
}
