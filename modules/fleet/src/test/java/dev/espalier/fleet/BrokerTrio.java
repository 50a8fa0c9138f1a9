package dev.espalier.fleet;

import dev.espalier.kafka.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;

/** Three brokers that each hold a copy of everything, in processes that can be killed. */
final class BrokerTrio implements AutoCloseable {
  private static final int BROKERS = 3;
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Path folder;
  private final List<Integer> ports;
  private final List<Process> processes = new ArrayList<>();
  private final Admin admin;

  /** Starts them in {@code folder}, and waits until they work together. */
  BrokerTrio(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.ports = freePorts();
    for (int node = 1; node <= BROKERS; node++) {
      processes.add(BrokerProcess.launch(node, ports, place(node)));
    }
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap()));
    awaitAll();
  }

  private Path place(int node) {
    return folder.resolve("broker-" + node);
  }

  private static List<Integer> freePorts() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * BROKERS; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private String bootstrap() {
    return List.of(ports.get(0), ports.get(2), ports.get(4)).stream()
        .map(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(","));
  }

  Connection connection() {
    return Connection.to(bootstrap());
  }

  /** Kills the leader of the first partition of {@code topic}; returns when there is another. */
  int killLeaderOf(String topic) throws InterruptedException {
    int leader = leaderOf(topic);
    processes.get(leader - 1).destroyForcibly().waitFor();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (leaderOf(topic) == leader) {
      pause("another leader of " + topic, end);
    }
    return leader;
  }

  private int leaderOf(String topic) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        List<TopicPartitionInfo> partitions =
            admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions();
        if (partitions.getFirst().leader() != null) {
          return partitions.getFirst().leader().id();
        }
      } catch (ExecutionException e) {
        // It is being elected, or the topic is made: asked again.
      }
      pause("a leader of " + topic, end);
    }
  }

  /** Starts {@code node} again, and waits until all are there. */
  void restart(int node) throws IOException, InterruptedException {
    processes.set(node - 1, BrokerProcess.launch(node, ports, place(node)));
    awaitAll();
  }

  private void awaitAll() throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!areAllThere()) {
      pause("three brokers, see " + folder, end);
    }
  }

  /** Whether all answer, and every copy is up to date. */
  private boolean areAllThere() throws InterruptedException {
    try {
      if (admin.describeCluster().nodes().get().size() < BROKERS) {
        return false;
      }
      return admin
          .describeTopics(admin.listTopics().names().get())
          .allTopicNames()
          .get()
          .values()
          .stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == BROKERS);
    } catch (ExecutionException e) {
      return false;
    }
  }

  private static void pause(String what, long end) {
    if (System.nanoTime() > end) {
      throw new IllegalStateException("expected " + what + " within " + LIMIT);
    }
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    processes.forEach(process -> process.destroyForcibly().onExit().join());
  }
}
