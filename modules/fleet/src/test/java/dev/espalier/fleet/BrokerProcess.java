package dev.espalier.fleet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** One of the brokers of a {@link BrokerTrio}: a process of its own, so that it can be killed. */
final class BrokerProcess {
  private static final String CLUSTER = "ZXNwYWxpZXItdHJpby0wMQ";
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("controller.listener.names", "CONTROLLER"),
          Map.entry("inter.broker.listener.name", "PLAINTEXT"),
          Map.entry("default.replication.factor", "3"),
          Map.entry("min.insync.replicas", "2"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("transaction.state.log.num.partitions", "3"),
          Map.entry("transaction.state.log.min.isr", "2"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "2"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("broker.session.timeout.ms", "6000"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          Map.entry("group.share.heartbeat.interval.ms", "1000"),
          Map.entry("group.share.min.heartbeat.interval.ms", "500"),
          Map.entry("group.share.min.record.lock.duration.ms", "1000"),
          Map.entry("group.share.max.partition.max.record.locks", "10000"),
          Map.entry("log.segment.bytes", Integer.toString(64 << 20)),
          Map.entry("log.index.size.max.bytes", Integer.toString(1 << 20)),
          Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)));

  private BrokerProcess() {}

  /**
   * Starts one in a process of its own; what it says goes to a file beside its folder.
   *
   * @param node from 1
   * @param ports of all: the n-th pair is for the clients and the controllers of node n
   */
  static Process launch(int node, List<Integer> ports, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx300m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BrokerProcess.class.getName(), Integer.toString(node)));
    command.add(folder.toString());
    ports.forEach(port -> command.add(port.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of(folder + ".log").toFile()))
        .start();
  }

  /** The broker itself: its number, its folder, and the ports of all. */
  public static void main(String[] args) throws Exception {
    int node = Integer.parseInt(args[0]);
    Path log = Path.of(args[1]);
    List<String> ports = List.of(args).subList(2, args.length);
    format(node, log);
    List<String> voters = new ArrayList<>();
    for (int i = 1; i <= ports.size() / 2; i++) {
      voters.add("%d@127.0.0.1:%s".formatted(i, ports.get(2 * i - 1)));
    }
    Properties properties = new Properties();
    properties.putAll(SETTINGS);
    String listeners =
        "PLAINTEXT://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s"
            .formatted(ports.get(2 * node - 2), ports.get(2 * node - 1));
    properties.put("node.id", Integer.toString(node));
    properties.put("listeners", listeners);
    properties.put("advertised.listeners", listeners);
    properties.put("controller.quorum.voters", String.join(",", voters));
    properties.put("log.dirs", log.toString());
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    server.startup();
    server.awaitShutdown();
  }

  private static void format(int node, Path log) throws Exception {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(log);
    try (PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setNodeId(node)
          .setClusterId(CLUSTER)
          .setDirectories(List.of(log.toString()))
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(log.toString())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setIgnoreFormatted(false)
          .setPrintStream(silence)
          .run();
    }
  }
}
