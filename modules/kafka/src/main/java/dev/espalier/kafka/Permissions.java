package dev.espalier.kafka;

import dev.espalier.kafka.Grant.Kind;
import dev.espalier.kafka.Grant.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Asks the log what it allows us, so that all that is missing is told at once and at the start. */
public final class Permissions {
  private Permissions() {}

  /**
   * Makes sure that the topics of {@code duty} are there and may be used. A broker that checks
   * nobody allows all. Groups and transactional ids are found out in use.
   *
   * @throws LogException naming each topic that is missing or denied, and what for
   */
  public static void require(Connection connection, Duty duty) {
    Map<String, Set<Operation>> needs = needs(connection, duty);
    List<String> lacking = new ArrayList<>();
    try (Admin admin = connection.open(connection.client("permissions"), Admin::create)) {
      var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
      var told = admin.describeTopics(List.copyOf(needs.keySet()), options).topicNameValues();
      told.forEach(
          (topic, description) ->
              lacking.addAll(
                  lacking(topic, connection, needs.getOrDefault(topic, Set.of()), description)));
    }
    if (!lacking.isEmpty()) {
      throw LogException.denied(
          "expected the %s of %s to be allowed %s; espalier acls prints what each role needs"
              .formatted(
                  duty, connection, lacking.stream().sorted().collect(Collectors.joining(", "))));
    }
  }

  private static Map<String, Set<Operation>> needs(Connection connection, Duty duty) {
    Map<String, Set<Operation>> needs = new LinkedHashMap<>();
    for (Grant grant : duty.grants(connection)) {
      if (grant.kind() == Kind.TOPIC && !grant.prefix()) {
        needs.put(grant.name(), grant.operations());
      }
    }
    return needs;
  }

  private static List<String> lacking(
      String topic,
      Connection connection,
      Set<Operation> needs,
      KafkaFuture<TopicDescription> told) {
    Set<String> allowed = allowed(told, topic, connection);
    return needs.stream()
        .sorted()
        .filter(need -> !allowed.contains(need.name()))
        .map(need -> need + " on " + topic)
        .toList();
  }

  private static Set<String> allowed(
      KafkaFuture<TopicDescription> told, String topic, Connection connection) {
    try {
      return Waiting.get(told, "the topic %s of %s".formatted(topic, connection))
          .authorizedOperations()
          .stream()
          .map(Enum::name)
          .collect(Collectors.toSet());
    } catch (LogException e) {
      if (e.getCause() instanceof TopicAuthorizationException) {
        return Set.of();
      }
      throw e;
    }
  }
}
