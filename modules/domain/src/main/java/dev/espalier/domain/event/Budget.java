package dev.espalier.domain.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a study may take. When any part of it is spent, the study ends with what it has. A budget is
 * how a study is run and not what it computes, so it is no part of its name.
 *
 * @param deadline when the study is to end; absent where it has time
 * @param workerTime for how long workers may be at its tasks, all workers and attempts together;
 *     absent where for as long as it takes
 * @param tasks how many tasks may be begun; those are brought to their end. Absent where all may
 */
public record Budget(
    Optional<Deadline> deadline, Optional<Duration> workerTime, OptionalInt tasks) {
  /** What a budget limits. */
  public enum Limit {
    /** The time until the study ends. */
    DEADLINE,
    /** The time of workers. */
    WORKER_SECONDS,
    /** The number of tasks. */
    TASKS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException when there is none, or one lets nothing happen
   */
  public Budget {
    if (deadline.isEmpty() && workerTime.isEmpty() && tasks.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a budget of a deadline, worker-seconds or tasks, got none of them");
    }
    if (workerTime.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
      throw new IllegalArgumentException(
          "expected a budget of more than 0 worker-seconds, got " + workerTime.get().toSeconds());
    }
    if (tasks.isPresent() && tasks.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "expected a budget of at least 1 task, got " + tasks.getAsInt());
    }
  }

  /** The same, its deadline the moment that it is for a study submitted at {@code submitted}. */
  public Budget from(Instant submitted) {
    return new Budget(
        deadline.map(known -> new Deadline.At(known.from(submitted))), workerTime, tasks);
  }
}
