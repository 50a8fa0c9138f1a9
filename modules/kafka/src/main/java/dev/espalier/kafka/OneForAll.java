package dev.espalier.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives one member of a consumer group all partitions that it subscribed to, and the others none:
 * the member that has some already, else the first. Public for the client, which makes it.
 */
public final class OneForAll implements ConsumerPartitionAssignor {
  /** Made by name. */
  public OneForAll() {}

  @Override
  public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
    Map<String, Subscription> members = new TreeMap<>(group.groupSubscription());
    Map<String, Assignment> assignments = new HashMap<>();
    members.keySet().forEach(member -> assignments.put(member, new Assignment(List.of())));
    members.entrySet().stream()
        .filter(member -> !member.getValue().ownedPartitions().isEmpty())
        .findFirst()
        .or(() -> members.entrySet().stream().findFirst())
        .ifPresent(
            one ->
                assignments.put(
                    one.getKey(), new Assignment(partitions(cluster, one.getValue().topics()))));
    return new GroupAssignment(assignments);
  }

  private static List<TopicPartition> partitions(Cluster cluster, List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      for (PartitionInfo partition : cluster.partitionsForTopic(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    return partitions;
  }

  @Override
  public List<RebalanceProtocol> supportedProtocols() {
    return List.of(RebalanceProtocol.COOPERATIVE, RebalanceProtocol.EAGER);
  }

  @Override
  public String name() {
    return "espalier-one-for-all";
  }
}
