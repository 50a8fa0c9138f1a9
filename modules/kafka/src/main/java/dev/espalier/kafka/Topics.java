package dev.espalier.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
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
    try (Admin admin = connection.open(connection.client("topics"), Admin::create)) {
      create(admin, connection, missing(admin, connection));
      awaitVisible(admin, connection);
      if (!isShared(admin, connection, sharing)) {
        share(admin, connection, sharing);
      }
    }
  }

  /** Asked first: to create needs more rights than most processes should have. */
  private static List<Topic> missing(Admin admin, Connection connection) {
    Set<String> missing = new HashSet<>();
    admin
        .describeTopics(names(connection))
        .topicNameValues()
        .forEach(
            (name, told) -> {
              if (!exists(told, connection)) {
                missing.add(name);
              }
            });
    return Topic.ALL.stream().filter(topic -> missing.contains(topic.on(connection))).toList();
  }

  private static boolean exists(KafkaFuture<TopicDescription> told, Connection connection) {
    try {
      Waiting.get(told, "the topics of " + connection + " to be described");
      return true;
    } catch (LogException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private static List<String> names(Connection connection) {
    return Topic.ALL.stream().map(topic -> topic.on(connection)).toList();
  }

  private static void create(Admin admin, Connection connection, List<Topic> topics) {
    List<NewTopic> wanted = topics.stream().map(topic -> wanted(connection, topic)).toList();
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

  private static Map<String, String> settings(Sharing sharing) {
    return Map.of(
        "share.auto.offset.reset", "earliest",
        "share.isolation.level", "read_committed",
        "share.record.lock.duration.ms", Long.toString(sharing.lock().toMillis()),
        "share.delivery.count.limit", Integer.toString(sharing.deliveries()),
        "share.partition.max.record.locks", Integer.toString(sharing.inFlight()));
  }

  private static ConfigResource group(Connection connection) {
    return new ConfigResource(ConfigResource.Type.GROUP, Topic.TASKS.on(connection));
  }

  private static boolean isShared(Admin admin, Connection connection, Sharing sharing) {
    Map<ConfigResource, Config> told =
        Waiting.get(
            admin.describeConfigs(List.of(group(connection))).all(),
            "the share group of " + connection + " to tell its settings");
    return told.values().stream().anyMatch(config -> holds(config, settings(sharing)));
  }

  private static boolean holds(Config told, Map<String, String> settings) {
    return settings.entrySet().stream()
        .allMatch(
            setting ->
                Optional.ofNullable(told.get(setting.getKey()))
                    .filter(entry -> setting.getValue().equals(entry.value()))
                    .isPresent());
  }

  private static void share(Admin admin, Connection connection, Sharing sharing) {
    List<AlterConfigOp> settings =
        settings(sharing).entrySet().stream()
            .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    Waiting.get(
        admin.incrementalAlterConfigs(Map.of(group(connection), settings)).all(),
        "the share group of " + connection + " to take " + sharing);
  }

  /** A topic is created in the controller before every broker knows of it. */
  private static void awaitVisible(Admin admin, Connection connection) {
    List<String> names = names(connection);
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
