package dev.espalier.fleet;

import dev.espalier.kafka.Sharing;
import java.time.Duration;

/**
 * How long the processes of a fleet wait for each other, in relations that hold:
 *
 * <ul>
 *   <li>a heartbeat is due three times in a lock ({@link Sharing#renewal}), and is said at most
 *       once a second;
 *   <li>two locks, after which the planner gives a silent attempt up, last at least as long as a
 *       transaction may stay open: no heartbeat that stands behind it is read before it ends;
 *   <li>a checkpoint is due at least once in ten locks: else more work is lost with a worker than
 *       its loss takes to be noticed, and a task on machines that come and go may never get on.
 * </ul>
 *
 * @param lock how long a worker may hold a task without a word, 5 s to 1 h
 * @param checkpoints the time between the checkpoints of a task, 1 s to ten locks
 * @param grace how long tasks may take to stop when their process does, 1 s to 1 h
 */
public record Pace(Duration lock, Duration checkpoints, Duration grace) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int LOCKS_A_CHECKPOINT = 10;

  /**
   * Checks the relations.
   *
   * @throws IllegalArgumentException when one does not hold; it names the settings, what came and
   *     what was expected
   */
  public Pace {
    requireLock(lock);
    Duration most = lock.multipliedBy(LOCKS_A_CHECKPOINT);
    require(
        isBetween(SECOND, checkpoints, most),
        "--checkpoints of 1 to %d seconds with a --lock of %d: one is due at least once in ten locks"
            .formatted(most.toSeconds(), lock.toSeconds()),
        checkpoints);
    require(isBetween(SECOND, grace, HOUR), "--grace of 1 to 3600 seconds", grace);
  }

  /**
   * Checks a lock that is set apart from what it has to fit.
   *
   * @throws IllegalArgumentException when it is too short or too long
   */
  public static void requireLock(Duration lock) {
    Duration least = Sharing.TRANSACTION.dividedBy(2);
    require(
        isBetween(least, lock, HOUR),
        "--lock of %d to 3600 seconds: two locks last as long as a transaction may, %d s, or longer"
            .formatted(least.toSeconds(), Sharing.TRANSACTION.toSeconds()),
        lock);
  }

  private static boolean isBetween(Duration least, Duration value, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static void require(boolean holds, String expected, Duration came) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", got " + came.toSeconds());
    }
  }
}
