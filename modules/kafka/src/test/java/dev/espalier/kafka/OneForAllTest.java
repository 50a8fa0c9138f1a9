package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class OneForAllTest {
  private static final List<String> TOPICS = List.of("a", "b");
  private static final List<TopicPartition> ALL =
      List.of(new TopicPartition("a", 0), new TopicPartition("b", 0), new TopicPartition("b", 1));
  private static final Subscription IDLE = new Subscription(TOPICS);

  @Test
  void theFirstOfThoseWhoHaveNothingGetsAll() {
    assertThat(assigned(Map.of("m1", IDLE, "m2", IDLE)))
        .isEqualTo(Map.of("m1", Set.copyOf(ALL), "m2", Set.of()));
  }

  @Test
  void whoHasSomeKeepsAllWhoeverComes() {
    Subscription owner = new Subscription(TOPICS, null, List.of(new TopicPartition("a", 0)));

    assertThat(assigned(Map.of("m1", IDLE, "m2", owner)))
        .isEqualTo(Map.of("m1", Set.of(), "m2", Set.copyOf(ALL)));
  }

  private static Map<String, Set<TopicPartition>> assigned(Map<String, Subscription> members) {
    Map<String, Set<TopicPartition>> assigned = new HashMap<>();
    for (Map.Entry<String, Assignment> each :
        new OneForAll()
            .assign(cluster(), new GroupSubscription(members))
            .groupAssignment()
            .entrySet()) {
      assigned.put(each.getKey(), Set.copyOf(each.getValue().partitions()));
    }
    return assigned;
  }

  private static Cluster cluster() {
    Node node = new Node(1, "localhost", 9092);
    return new Cluster(
        "cluster",
        List.of(node),
        ALL.stream()
            .map(
                partition ->
                    new PartitionInfo(
                        partition.topic(),
                        partition.partition(),
                        node,
                        new Node[] {node},
                        new Node[] {node}))
            .toList(),
        Set.of(),
        Set.of());
  }
}
