package dev.espalier.verification.chaos;

import java.util.List;

/**
 * A host of its own for a process: a network namespace, and the line that joins it to the others.
 * Only root may have one.
 */
final class Wire {
  /** Where this process is on the network of all. */
  static final String HOME = "10.213.77.1";

  private static final String BRIDGE = "esp-chaos";

  private final int number;

  private Wire(int number) {
    this.number = number;
  }

  /** Whether this process may have some, and there are none yet. */
  static boolean areAllowed() {
    return Shell.runs(
        """
        ip netns add esp-chaos-try && ip netns del esp-chaos-try &&
        ! ip link show %s
        """
            .formatted(BRIDGE));
  }

  /** Makes the network that all are on. */
  static void join() {
    Shell.run(
        "ip link add %1$s type bridge && ip addr add %2$s/24 dev %1$s && ip link set %1$s up"
            .formatted(BRIDGE, HOME));
  }

  /** Takes the network and all hosts away, if there are any. */
  static void leave() {
    Shell.runs(
        """
        for host in $(ip netns list | grep -o '^%1$s-[0-9]*'); do ip netns del $host; done
        for line in $(ip -br link | grep -o '^esp-c[0-9]*'); do ip link del $line; done
        ip link del %1$s
        """
            .formatted(BRIDGE));
  }

  /** Adds the host of that number, 2 to 254. */
  static Wire of(int number) {
    Wire wire = new Wire(number);
    Shell.run(
        """
        ip netns add %1$s &&
        ip link add %2$s type veth peer name eth0 netns %1$s &&
        ip link set %2$s master %3$s up &&
        ip -n %1$s addr add %4$s/24 dev eth0 &&
        ip -n %1$s link set eth0 up && ip -n %1$s link set lo up
        """
            .formatted(wire.host(), wire.line(), BRIDGE, wire.address()));
    return wire;
  }

  private String host() {
    return BRIDGE + "-" + number;
  }

  private String line() {
    return "esp-c" + number;
  }

  /** Where others reach it. */
  String address() {
    return "10.213.77.%d".formatted(number);
  }

  /** What to put before a command that is to run there. */
  List<String> prefix() {
    return List.of("ip", "netns", "exec", host());
  }

  /** Nothing gets through any more, and nobody is told. */
  void cut() {
    Shell.run("ip link set %s down".formatted(line()));
  }

  /**
   * What gets through in either direction is late, and of much at once a part is lost: by {@code
   * netem} where the kernel has it, else by a queue that is too short.
   */
  void disturb() {
    String here = "tc qdisc add dev %s root ".formatted(line());
    String there = "tc -n %s qdisc add dev eth0 root ".formatted(host());
    String netem = "netem delay 100ms 50ms loss 5%";
    String queue = "tbf rate 1mbit burst 8kb limit 24kb";
    Shell.run("%1$s%3$s || %1$s%4$s; %2$s%3$s || %2$s%4$s".formatted(here, there, netem, queue));
  }

  /** All is well again. */
  void mend() {
    Shell.run(
        """
        tc qdisc del dev %2$s root; tc -n %1$s qdisc del dev eth0 root
        ip link set %2$s up
        """
            .formatted(host(), line()));
  }
}
