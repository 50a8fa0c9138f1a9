package dev.espalier.verification.chaos;

import dev.espalier.kafka.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A fleet of one process a role, two of them workers, on a log and a store of its own. */
final class Cluster implements AutoCloseable {
  /** How long a worker may be silent: short, so that the dead are soon replaced. */
  static final Duration LOCK = Duration.ofSeconds(4);

  private static final Duration CHECKPOINTS = Duration.ofSeconds(1);
  private static final Duration LEAVING = Duration.ofMinutes(2);
  private static final int WORKERS = 2;

  private final Path folder;
  private final int port;
  private final int page;
  private final List<Member> members = new ArrayList<>();
  private int leftUnasked;

  private Cluster(Path folder) throws IOException {
    this.folder = folder;
    this.port = freePort();
    this.page = freePort();
  }

  /** Starts all processes, in {@code folder}; does not wait for them. */
  static Cluster start(Path folder) throws IOException {
    Cluster cluster = new Cluster(folder);
    cluster.add(
        Role.BROKER,
        "broker",
        "--dir",
        folder.resolve("kafka").toString(),
        "--port",
        "" + cluster.port);
    cluster.play(Role.PLANNER, "planner");
    cluster.play(Role.AGGREGATOR, "aggregator");
    cluster.play(Role.GATEWAY, "gateway", "--port", "" + cluster.page);
    for (int i = 1; i <= WORKERS; i++) {
      cluster.play(Role.WORKER, "worker-" + i, "--slots", "1");
    }
    return cluster;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void play(Role role, String name, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--kafka", "127.0.0.1:" + port));
    args.addAll(List.of("--store", store().toString(), "--work", folder.resolve(name).toString()));
    args.addAll(List.of("--lock", "" + LOCK.toSeconds()));
    args.addAll(List.of("--checkpoints", "" + CHECKPOINTS.toSeconds()));
    args.addAll(List.of(more));
    add(role, name, args.toArray(String[]::new));
  }

  private void add(Role role, String name, String... args) throws IOException {
    List<String> all = Stream.concat(Stream.of(role.toString()), Stream.of(args)).toList();
    members.add(Member.start(role, name, all, folder));
  }

  /** Where its artifacts are. */
  Path store() {
    return folder.resolve("store");
  }

  /** Its log. */
  Connection log() {
    return Connection.to("127.0.0.1:" + port);
  }

  /** Where its gateway listens. */
  URI gateway() {
    return URI.create("http://127.0.0.1:" + page + "/");
  }

  /** Those who play {@code role}. */
  List<Member> members(Role role) {
    return members.stream().filter(member -> member.role() == role).toList();
  }

  /** Whether all work. */
  boolean isReady() throws IOException {
    for (Member member : members) {
      if (!member.isReady()) {
        return false;
      }
    }
    return true;
  }

  /** Replaces those who are gone, and thaws those whose time has come. */
  void tend() throws IOException {
    for (Member member : members) {
      leftUnasked += member.tend() ? 1 : 0;
    }
  }

  /** Thaws everybody. */
  void thaw() throws IOException {
    for (Member member : members) {
      member.thaw();
    }
  }

  /** How many processes ended without being told to. */
  int leftUnasked() {
    return leftUnasked;
  }

  /** Tells all to stop, the broker last. Returns those who do not go in time. */
  List<String> leave() throws InterruptedException {
    List<String> late = new ArrayList<>();
    List<Member> others = members.stream().filter(any -> any.role() != Role.BROKER).toList();
    others.forEach(Member::stop);
    for (Member member : others) {
      if (!member.awaitEnd(LEAVING)) {
        late.add(member + " did not leave within " + LEAVING + " of SIGTERM");
      }
    }
    close();
    return late;
  }

  /** Ends all processes, whatever they are at. */
  @Override
  public void close() {
    members.reversed().forEach(Member::kill);
  }
}
