package dev.espalier.kafka;

import java.time.Duration;

/**
 * How waiting tasks are shared out among workers.
 *
 * @param lock how long a worker may hold a task without renewing, 1 s to 1 h; renewed every third
 *     of it. A heartbeat older than this is silence
 * @param deliveries how many times a task is handed out before the broker gives it up, 2 to 10
 * @param inFlight the most tasks between the oldest unfinished and the newest handed out, at least
 *     100
 */
public record Sharing(Duration lock, int deliveries, int inFlight) {
  /** A lock of 30 s, five deliveries, and as many in flight as a broker allows by default. */
  public static final Sharing STANDARD = new Sharing(Duration.ofSeconds(30), 5, 4_000);

  /**
   * How long a transaction may stay open before the broker ends it; all are short, since what they
   * hold is there before they begin.
   */
  public static final Duration TRANSACTION = Duration.ofSeconds(10);

  private static final int LEAST_IN_FLIGHT = 100;

  /**
   * Checks the ranges that a broker allows.
   *
   * @throws IllegalArgumentException when a value is out of range
   */
  public Sharing {
    require(
        lock.compareTo(Duration.ofSeconds(1)) >= 0 && lock.compareTo(Duration.ofHours(1)) <= 0,
        "a lock of 1 s to 1 h",
        lock);
    require(deliveries >= 2 && deliveries <= 10, "2 to 10 deliveries", deliveries);
    require(inFlight >= LEAST_IN_FLIGHT, "at least 100 tasks in flight", inFlight);
  }

  private static void require(boolean holds, String expected, Object came) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", got " + came);
    }
  }

  /** How often a held task is renewed, and its attempt's heartbeat written: a third of the lock. */
  public Duration renewal() {
    return lock.dividedBy(3);
  }
}
