package dev.espalier.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Brings a log into the state that the fleet expects. */
public final class Topics {
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);

  private Topics() {}

  /**
   * Creates the topics that are missing and sets how tasks are shared out. Changes nothing the
   * second time; any number of processes may do it at once.
   *
   * @throws LogException when the log cannot be reached or refuses
   */
  public static void ensure(Connection connection, Sharing sharing) {
    try (Admin admin = Admin.create(connection.client("topics"))) {
      create(admin, connection);
      share(admin, connection, sharing);
      awaitVisible(admin, connection);
    }
  }

  private static void create(Admin admin, Connection connection) {
    List<NewTopic> wanted = Topic.ALL.stream().map(topic -> wanted(connection, topic)).toList();
    for (KafkaFuture<Void> created : admin.createTopics(wanted).values().values()) {
      try {
        Waiting.get(created, "the topics of " + connection + " to be created");
      } catch (LogException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  /** The number of replicas is the broker's affair. */
  private static NewTopic wanted(Connection connection, Topic topic) {
    return new NewTopic(topic.on(connection), Optional.of(topic.partitions()), Optional.empty())
        .configs(settings(topic.kept()));
  }

  private static Map<String, String> settings(Topic.Retention kept) {
    return switch (kept) {
      case COMPACTED ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_COMPACT,
              // Only closed segments are compacted, and heartbeats replace each other all the time.
              TopicConfig.SEGMENT_BYTES_CONFIG,
              Integer.toString(16 << 20));
      case TRIMMED ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_DELETE,
              TopicConfig.RETENTION_MS_CONFIG,
              "-1");
      case TIMED ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_DELETE,
              TopicConfig.RETENTION_MS_CONFIG,
              Long.toString(Duration.ofDays(30).toMillis()));
    };
  }

  private static void share(Admin admin, Connection connection, Sharing sharing) {
    ConfigResource group =
        new ConfigResource(ConfigResource.Type.GROUP, Topic.TASKS.on(connection));
    List<AlterConfigOp> settings =
        Stream.of(
                new ConfigEntry("share.auto.offset.reset", "earliest"),
                new ConfigEntry("share.isolation.level", "read_committed"),
                new ConfigEntry("share.record.lock.duration.ms", sharing.lock().toMillis() + ""),
                new ConfigEntry("share.delivery.count.limit", sharing.deliveries() + ""),
                new ConfigEntry("share.partition.max.record.locks", sharing.inFlight() + ""))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    Waiting.get(
        admin.incrementalAlterConfigs(Map.of(group, settings)).all(),
        "the share group of " + connection + " to take " + sharing);
  }

  /** A topic is created in the controller before every broker knows of it. */
  private static void awaitVisible(Admin admin, Connection connection) {
    List<String> names = Topic.ALL.stream().map(topic -> topic.on(connection)).toList();
    Waiting.until(
        () -> visible(admin, names), VISIBLE_WITHIN, "the topics of " + connection + " to appear");
  }

  private static boolean visible(Admin admin, List<String> names) {
    try {
      return Waiting.get(admin.describeTopics(names).allTopicNames(), names + " to be described")
          .values()
          .stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.leader() != null);
    } catch (LogException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }
}
