package dev.espalier.fleet;

import dev.espalier.fleet.trigger.Triggers;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Sharing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a process is to the fleet.
 *
 * @param connection the log
 * @param sharing how tasks are shared out; the same for every process of a log
 * @param roles what the process does
 * @param slots how many tasks its worker works on at a time, at least 1
 * @param host the address that its gateway listens at
 * @param port the port that its gateway listens at; 0 takes a free one
 * @param grace how long tasks may take to reach a checkpoint when the process stops
 * @param aloneSince when this process started the broker of the log, if it did and no other process
 *     works on it: attempts from before are then taken over at once
 * @param triggers what its gateway heeds; absent where it heeds none
 */
public record FleetSettings(
    Connection connection,
    Sharing sharing,
    Set<Role> roles,
    int slots,
    String host,
    int port,
    Duration grace,
    Optional<Instant> aloneSince,
    Optional<Triggers> triggers) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int MOST_PORTS = 65_535;

  /**
   * Checks the numbers and copies the roles.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public FleetSettings {
    if (slots < 1 || port < 0 || port > MOST_PORTS) {
      throw new IllegalArgumentException(
          "expected at least 1 slot and a port of 0 to 65535, got " + slots + " and " + port);
    }
    roles = Set.copyOf(roles);
  }

  /** All roles on {@code connection}, one slot a core, at a free port of the loopback interface. */
  public static FleetSettings all(Connection connection) {
    return new FleetSettings(
        connection,
        Sharing.STANDARD,
        EnumSet.allOf(Role.class),
        Runtime.getRuntime().availableProcessors(),
        LOOPBACK,
        0,
        GRACE,
        Optional.empty(),
        Optional.empty());
  }

  /** The same with so many slots. */
  public FleetSettings withSlots(int number) {
    return new FleetSettings(
        connection, sharing, roles, number, host, port, grace, aloneSince, triggers);
  }

  /** The same at another address. */
  public FleetSettings at(String otherHost, int otherPort) {
    return new FleetSettings(
        connection, sharing, roles, slots, otherHost, otherPort, grace, aloneSince, triggers);
  }

  /** The same in these roles. */
  public FleetSettings as(Set<Role> others) {
    return new FleetSettings(
        connection, sharing, others, slots, host, port, grace, aloneSince, triggers);
  }

  /** The same on a broker that this process started at {@code instant}. */
  public FleetSettings aloneSince(Instant instant) {
    return new FleetSettings(
        connection, sharing, roles, slots, host, port, grace, Optional.of(instant), triggers);
  }

  /** The same with another time for tasks to reach a checkpoint when the process stops. */
  public FleetSettings withGrace(Duration other) {
    return new FleetSettings(
        connection, sharing, roles, slots, host, port, other, aloneSince, triggers);
  }

  /** The same with tasks shared out otherwise. */
  public FleetSettings sharing(Sharing other) {
    return new FleetSettings(
        connection, other, roles, slots, host, port, grace, aloneSince, triggers);
  }

  /** The same with a gateway that heeds {@code others}. */
  public FleetSettings heeding(Triggers others) {
    return new FleetSettings(
        connection, sharing, roles, slots, host, port, grace, aloneSince, Optional.of(others));
  }
}
