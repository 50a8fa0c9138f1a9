package dev.espalier.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
  private static final int TRIES = 3;

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
          // The first of a group is alone or will share soon: nobody waits for others.
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "1000"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("controlled.shutdown.enable", "true"),
          Map.entry("broker.session.timeout.ms", "6000"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          Map.entry("log.retention.ms", "-1"),
          Map.entry("transactional.id.expiration.ms", Integer.toString(Integer.MAX_VALUE)),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          // A worker is handed its first task at its second heartbeat.
          Map.entry("group.share.heartbeat.interval.ms", "250"),
          Map.entry("group.share.min.heartbeat.interval.ms", "250"),
          Map.entry("group.share.assignment.interval.ms", "0"),
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
   * Where a broker listens, to everybody who gets there: it asks nobody for a password.
   *
   * @param host the address of this machine by which others reach it
   * @param port 0 takes a free one
   */
  public record Listening(String host, int port) {
    /** At a free port of the loopback interface. */
    public static final Listening LOOPBACK = new Listening(EmbeddedBroker.LOOPBACK, 0);

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when the address is one of all, which nobody can be told to
     *     connect to, or the port is out of range
     */
    public Listening {
      if (host.isBlank()
          || host.equals("0.0.0.0")
          || host.equals("::")
          || port < 0
          || port > 65_535) {
        throw new IllegalArgumentException(
            "expected an address that others reach this machine by and a port of 0 to 65535, got "
                + host
                + " and "
                + port);
      }
    }
  }

  /**
   * What a broker has beside its open listener.
   *
   * @param listeners such as {@code TLS://127.0.0.1:9093}
   * @param settings of the broker; count more than the usual ones
   * @param credentials of SCRAM, for a directory that is formatted now
   */
  record Extras(List<String> listeners, Map<String, String> settings, List<String> credentials) {
    static final Extras NONE = new Extras(List.of(), Map.of(), List.of());
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
    return start(directory, Listening.LOOPBACK);
  }

  /**
   * The same elsewhere.
   *
   * @throws DirectoryInUseException when another living broker has the directory
   * @throws LogException when it does not start, such as when the port is taken
   */
  public static EmbeddedBroker start(Path directory, Listening at) {
    return start(directory, at, Extras.NONE);
  }

  static EmbeddedBroker start(Path directory, Listening at, Extras extras) {
    return start(directory, at, extras, EmbeddedBroker::freePort);
  }

  /** As above, its port drawn from {@code free} where {@code at} leaves it open. */
  static EmbeddedBroker start(Path directory, Listening at, Extras extras, Free free) {
    BrokerDirectory locked = BrokerDirectory.lock(directory);
    try {
      format(locked.log(), extras.credentials());
      EmbeddedBroker broker =
          at.port() == 0
              ? startAnywhere(locked, at.host(), extras, free)
              : startAt(locked, at, extras);
      locked.announce(broker.connection.bootstrap());
      return broker;
    } catch (Exception e) {
      locked.release();
      throw new LogException("expected a broker to start in " + directory, e);
    }
  }

  /** Gives a port of {@code host} that nobody has at this moment. */
  interface Free {
    int portOf(String host) throws IOException;
  }

  /** A port of {@code host} that nobody has at this moment. */
  static int freePort(String host) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    }
  }

  /** At another port when somebody was quicker to take the one that was free. */
  private static EmbeddedBroker startAnywhere(
      BrokerDirectory locked, String host, Extras extras, Free free) throws IOException {
    for (int tries = 1; tries < TRIES; tries++) {
      try {
        int port = portBeside(extras.listeners(), host, free);
        return startAt(locked, new Listening(host, port), extras);
      } catch (RuntimeException e) {
        if (!isTaken(e)) {
          throw e;
        }
      }
    }
    int port = portBeside(extras.listeners(), host, free);
    return startAt(locked, new Listening(host, port), extras);
  }

  private static boolean isTaken(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(BindException.class::isInstance);
  }

  private static EmbeddedBroker startAt(BrokerDirectory locked, Listening at, Extras extras)
      throws IOException {
    KafkaRaftServer server = started(server(locked.log(), at, extras));
    return new EmbeddedBroker(server, locked, Connection.to(at.host() + ":" + at.port()));
  }

  private static void format(Path log, List<String> credentials) throws Exception {
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
          .setScramArguments(credentials)
          .setPrintStream(silence)
          .run();
    }
  }

  private static KafkaRaftServer server(Path log, Listening at, Extras extras) throws IOException {
    Properties properties = new Properties();
    properties.putAll(SETTINGS);
    List<String> listeners = new ArrayList<>(extras.listeners());
    listeners.add("PLAINTEXT://%s:%d".formatted(at.host(), at.port()));
    int port = portBeside(listeners, ownLoopback(), EmbeddedBroker::freePort);
    String controller = "%s:%d".formatted(ownLoopback(), port);
    listeners.add("%s://%s".formatted(CONTROLLER, controller));
    properties.put("listeners", String.join(",", listeners));
    properties.put("advertised.listeners", String.join(",", listeners));
    properties.put("controller.quorum.voters", NODE + "@" + controller);
    properties.put("log.dirs", log.toString());
    properties.putAll(extras.settings());
    return new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
  }

  /** Kafka refuses listeners of the same port, be they at addresses of their own. */
  private static int portBeside(List<String> listeners, String host, Free free) throws IOException {
    int port = free.portOf(host);
    return listeners.stream().anyMatch(given(port)) ? portBeside(listeners, host, free) : port;
  }

  private static Predicate<String> given(int port) {
    return listener -> listener.endsWith(":" + port);
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

  /**
   * A loopback address, 127.x.y.z, that follows from the number of this process: another process
   * takes no port of it. Nobody else talks to the controller, and were its port taken between now
   * and its start, Kafka would end the process.
   */
  private static String ownLoopback() {
    long pid = ProcessHandle.current().pid();
    return "127.%d.%d.%d".formatted(pid >> 16 & 0x7F, pid >> 8 & 0xFF, pid & 0xFF);
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
