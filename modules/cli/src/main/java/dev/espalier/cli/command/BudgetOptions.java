package dev.espalier.cli.command;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What a study may take: each option in place of what the study's file says of it. */
final class BudgetOptions {
  @Option(
      names = "--deadline",
      paramLabel = "WHEN",
      description =
          "When the study ends with what it has: 90m, 36h or 7d after it is submitted, or at"
              + " 2026-12-01T08:00:00Z.")
  private Optional<String> deadline = Optional.empty();

  @Option(
      names = "--budget-worker-seconds",
      paramLabel = "SECONDS",
      description = "For how long workers may be at its tasks, all of them together.")
  private Optional<Long> workerSeconds = Optional.empty();

  @Option(
      names = "--budget-tasks",
      paramLabel = "N",
      description = "How many of its tasks may be begun.")
  private Optional<Integer> tasks = Optional.empty();

  /**
   * What a study that is submitted now may take.
   *
   * @param written what its file says
   * @throws RefusedException when an option is wrong
   */
  Optional<Budget> over(Optional<Budget> written, Instant now) {
    try {
      Optional<Deadline> until =
          deadline.map(Deadline::parse).or(() -> written.flatMap(Budget::deadline));
      Optional<Duration> time =
          workerSeconds.map(Duration::ofSeconds).or(() -> written.flatMap(Budget::workerTime));
      OptionalInt most =
          tasks
              .map(OptionalInt::of)
              .orElseGet(() -> written.map(Budget::tasks).orElseGet(OptionalInt::empty));
      return until.isEmpty() && time.isEmpty() && most.isEmpty()
          ? Optional.empty()
          : Optional.of(new Budget(until, time, most).from(now));
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }
}
