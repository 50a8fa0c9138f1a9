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
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A fleet of one process a role, two of them workers, on a log and a store of its own. */
final class Cluster implements AutoCloseable {
  /** How long a worker may be silent: short, so that the dead are soon replaced. */
  static final Duration LOCK = Duration.ofSeconds(5);

  private static final Duration CHECKPOINTS = Duration.ofSeconds(1);
  private static final Duration LEAVING = Duration.ofMinutes(5);
  private static final int WORKERS = 2;
  private static final int FIRST_HOST = 2;
  private static final int HOSTS = 4 + WORKERS;

  private final Path folder;
  private final int port;
  private final int page;
  private final List<Member> members = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private boolean joined;
  private boolean jumping;
  private Optional<Disk> disk = Optional.empty();
  private long emptyAt = Long.MAX_VALUE;
  private int leftUnasked;

  private Cluster(Path folder) throws IOException {
    this.folder = folder;
    this.port = freePort();
    this.page = freePort();
  }

  /**
   * Starts all processes, in {@code folder}; does not wait for them.
   *
   * @param faults what is to be done to them: it decides what they stand on
   */
  static Cluster start(Path folder, Set<Fault> faults) throws IOException {
    Cluster cluster = new Cluster(folder);
    try {
      cluster.prepare(faults);
      cluster.start();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void prepare(Set<Fault> faults) {
    jumping = faults.contains(Fault.JUMPED);
    if (faults.contains(Fault.FULL)) {
      disk = Optional.of(Disk.at(store()));
    }
    if (faults.contains(Fault.CUT_OFF)) {
      Wire.join();
      joined = true;
      IntStream.range(FIRST_HOST, FIRST_HOST + HOSTS).mapToObj(Wire::of).forEach(wires::add);
    }
  }

  private void start() throws IOException {
    String kafka = folder.resolve("kafka").toString();
    add(Role.BROKER, "broker", "--dir", kafka, "--port", "" + port, "--host", host());
    play(Role.PLANNER, "planner");
    play(Role.AGGREGATOR, "aggregator");
    play(Role.GATEWAY, "gateway", "--port", "" + page);
    for (int i = 1; i <= WORKERS; i++) {
      play(Role.WORKER, "worker-" + i, "--slots", "1");
    }
  }

  private String host() {
    return wires.isEmpty() ? "127.0.0.1" : wires.getFirst().address();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void play(Role role, String name, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--kafka", log().bootstrap()));
    args.addAll(List.of("--store", store().toString(), "--work", folder.resolve(name).toString()));
    args.addAll(List.of("--lock", "" + LOCK.toSeconds()));
    args.addAll(List.of("--checkpoints", "" + CHECKPOINTS.toSeconds()));
    args.addAll(List.of(more));
    add(role, name, args.toArray(String[]::new));
  }

  private void add(Role role, String name, String... args) throws IOException {
    List<String> all = Stream.concat(Stream.of(role.toString()), Stream.of(args)).toList();
    // A gateway listens to its own machine alone, and that is to be this one.
    Optional<Wire> wire =
        wires.isEmpty() || role == Role.GATEWAY
            ? Optional.empty()
            : Optional.of(wires.get(members.size()));
    Optional<Clock> clock =
        jumping ? Optional.of(new Clock(folder.resolve(name + ".clock"))) : Optional.empty();
    members.add(Member.start(role, name, all, folder, wire, clock));
  }

  /** Where its artifacts are. */
  Path store() {
    return folder.resolve("store");
  }

  /** Its log. */
  Connection log() {
    return Connection.to(host() + ":" + port);
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
    return isReadyButForTheAfflicted() && members.stream().noneMatch(Member::isAfflicted);
  }

  /** Whether all work to whom nothing is done that passes. */
  boolean isReadyButForTheAfflicted() throws IOException {
    for (Member member : members) {
      if (!member.isAfflicted() && !member.isReady()) {
        return false;
      }
    }
    return true;
  }

  /** Leaves no room in the store for {@code time}. */
  void fillStore(Duration time) {
    disk.orElseThrow().fill();
    emptyAt = System.nanoTime() + time.toNanos();
  }

  private void emptyStore() {
    disk.ifPresent(Disk::empty);
    emptyAt = Long.MAX_VALUE;
  }

  /** Replaces those who are gone, and undoes what is to pass once its time has come. */
  void tend() throws IOException {
    if (System.nanoTime() >= emptyAt) {
      emptyStore();
    }
    for (Member member : members) {
      leftUnasked += member.tend() ? 1 : 0;
    }
  }

  /** Undoes all that would pass. */
  void mend() {
    emptyStore();
    members.forEach(Member::mend);
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
    return late;
  }

  /** Ends all processes, whatever they are at, and takes away what they stood on. */
  @Override
  public void close() {
    members.reversed().forEach(Member::kill);
    members.clear();
    if (joined) {
      joined = false;
      Wire.leave();
    }
    disk.ifPresent(Disk::close);
  }
}
