package dev.espalier.fleet.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the planner goes by when it watches released tasks.
 *
 * @param lock how long a worker may hold a task without a word; an attempt that is silent for more
 *     than two locks is given up
 * @param window the most first releases that are unfinished at any time
 * @param tries how many attempts may fail before the task is given up
 * @param lives how many attempts in a row may fall silent before a checkpoint until the task is
 *     given up
 * @param backOff the wait after the first failed attempt; four times as long after each further one
 * @param aloneSince when this process started the broker that it plans on: words of attempts from
 *     before are the dead's, because whoever wrote them reached an earlier broker at another
 *     address
 */
record Watch(
    Duration lock,
    int window,
    int tries,
    int lives,
    Duration backOff,
    Optional<Instant> aloneSince) {
  private static final int WINDOW = 1_000;
  private static final int TRIES = 3;
  private static final int LIVES = 5;

  /**
   * The usual: a window of 1,000 tasks, three tries, five lives, 1 s of waiting after the first.
   */
  static Watch standard(Duration lock, Optional<Instant> aloneSince) {
    return new Watch(lock, WINDOW, TRIES, LIVES, Duration.ofSeconds(1), aloneSince);
  }

  /** After how long a claimed attempt that says nothing is given up. */
  Duration silence() {
    return lock.multipliedBy(2);
  }

  /** How long something may be due before another planner takes over. */
  Duration patience() {
    return lock.dividedBy(2);
  }

  /** How long to wait after the attempt that was the {@code failures}-th to fail. */
  Duration waitAfter(int failures) {
    return backOff.multipliedBy(1L << (2 * (failures - 1)));
  }
}
