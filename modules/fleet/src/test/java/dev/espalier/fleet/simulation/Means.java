package dev.espalier.fleet.simulation;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What studies may take, drawn anew for each wish: half of the wishes have a budget. */
final class Means {
  private static final int MOST_TASKS = 12;
  private static final long LEAST_SECONDS = 5;
  private static final int MOST_SECONDS = 600;

  private Means() {}

  /** What the study numbered {@code study} may take by its {@code count}-th wish. */
  static Optional<Budget> drawn(long seed, int study, int count) {
    Draws draws = Draws.of(seed, "budget " + count + " of study " + study);
    return switch (draws.below(6)) {
      case 0 -> budget(Optional.of(seconds(draws)), Optional.empty(), OptionalInt.empty());
      case 1 -> budget(Optional.empty(), Optional.of(seconds(draws)), OptionalInt.empty());
      case 2 -> budget(Optional.empty(), Optional.empty(), OptionalInt.of(tasks(draws)));
      default -> Optional.empty();
    };
  }

  private static Optional<Budget> budget(
      Optional<Duration> deadline, Optional<Duration> workerTime, OptionalInt tasks) {
    return Optional.of(new Budget(deadline.map(Deadline.After::new), workerTime, tasks));
  }

  private static Duration seconds(Draws draws) {
    return Duration.ofSeconds(LEAST_SECONDS + draws.below(MOST_SECONDS));
  }

  private static int tasks(Draws draws) {
    return 1 + draws.below(MOST_TASKS);
  }
}
