package dev.espalier.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker of one node in this process, its data kept in a directory. Other processes of the same
 * machine may join it.
 *
 * <p>The broker is started through classes that Kafka calls internal: all of them are used here and
 * nowhere else. It logs much, through slf4j, under {@code kafka}, {@code org.apache.kafka} and
 * {@code state.change.logger}: set these to {@code ERROR}.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String CONTROLLER = "CONTROLLER";
  private static final int NODE = 1;

  /**
   * What differs from a broker's defaults: one replica of everything, little memory and few
   * threads, nothing forgotten, and a restart after a kill that does not wait long for the broker
   * that was killed.
   */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", Integer.toString(NODE)),
          Map.entry("controller.listener.names", CONTROLLER),
          Map.entry("inter.broker.listener.name", "PLAINTEXT"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("controlled.shutdown.enable", "true"),
          Map.entry("broker.session.timeout.ms", "2000"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          Map.entry("log.retention.ms", "-1"),
          Map.entry("transactional.id.expiration.ms", Integer.toString(Integer.MAX_VALUE)),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          Map.entry("group.share.heartbeat.interval.ms", "1000"),
          Map.entry("group.share.min.heartbeat.interval.ms", "500"),
          Map.entry("group.share.min.record.lock.duration.ms", "1000"),
          Map.entry("group.share.max.record.lock.duration.ms", "3600000"),
          Map.entry("group.share.max.partition.max.record.locks", "10000"),
          Map.entry("group.share.max.size", "1000"),
          Map.entry("log.segment.bytes", Integer.toString(64 << 20)),
          Map.entry("log.index.size.max.bytes", Integer.toString(1 << 20)),
          Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)),
          Map.entry("num.network.threads", "1"),
          Map.entry("num.io.threads", "4"),
          Map.entry("background.threads", "2"));

  private final KafkaRaftServer server;
  private final BrokerDirectory directory;
  private final Connection connection;

  private EmbeddedBroker(KafkaRaftServer server, BrokerDirectory directory, Connection connection) {
    this.server = server;
    this.directory = directory;
    this.connection = connection;
  }

  /**
   * Starts the broker whose data are in {@code directory}, creating it when there is none. Returns
   * when it takes records; at a fresh port of the loopback interface each time.
   *
   * @throws DirectoryInUseException when another living broker has the directory; {@link #running}
   *     tells how to reach that
   * @throws LogException when it does not start
   */
  public static EmbeddedBroker start(Path directory) {
    BrokerDirectory locked = BrokerDirectory.lock(directory);
    try {
      format(locked.log());
      Ports ports = Ports.free();
      KafkaRaftServer server = started(server(locked.log(), ports));
      Connection connection = Connection.to(LOOPBACK + ":" + ports.broker());
      locked.announce(connection.bootstrap());
      return new EmbeddedBroker(server, locked, connection);
    } catch (Exception e) {
      locked.release();
      throw new LogException("expected a broker to start in " + directory, e);
    }
  }

  private static void format(Path log) throws Exception {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(log);
    try (PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(log.toString()))
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName(CONTROLLER)
          .setMetadataLogDirectory(log.toString())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setIgnoreFormatted(false)
          .setPrintStream(silence)
          .run();
    }
  }

  private static KafkaRaftServer server(Path log, Ports ports) {
    Properties properties = new Properties();
    properties.putAll(SETTINGS);
    String listeners =
        "PLAINTEXT://%s:%d,%s://%s:%d"
            .formatted(LOOPBACK, ports.broker(), CONTROLLER, LOOPBACK, ports.controller());
    properties.put("listeners", listeners);
    properties.put("advertised.listeners", listeners);
    properties.put("controller.quorum.voters", NODE + "@" + LOOPBACK + ":" + ports.controller());
    properties.put("log.dirs", log.toString());
    return new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
  }

  private static KafkaRaftServer started(KafkaRaftServer server) {
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
  }

  /** Two ports that were free a moment ago: the controller's cannot be left to the system. */
  private record Ports(int broker, int controller) {
    static Ports free() throws IOException {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket first = new ServerSocket(0, 1, loopback);
          ServerSocket second = new ServerSocket(0, 1, loopback)) {
        return new Ports(first.getLocalPort(), second.getLocalPort());
      }
    }
  }

  /**
   * How to reach the broker that a living process keeps in {@code directory}; empty when none does,
   * or when it is still starting.
   */
  public static Optional<Connection> running(Path directory) {
    return BrokerDirectory.announced(directory).map(Connection::to);
  }

  /** How to reach this broker. */
  public Connection connection() {
    return connection;
  }

  /** Stops in an orderly way, so that the next start is quick. */
  @Override
  public void close() {
    try {
      server.shutdown();
      server.awaitShutdown();
    } catch (KafkaException e) {
      throw new LogException("expected the broker at " + connection.bootstrap() + " to stop", e);
    } finally {
      directory.release();
    }
  }
}
