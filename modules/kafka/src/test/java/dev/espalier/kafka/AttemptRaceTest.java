package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.TaskReleased;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class AttemptRaceTest {
  private static final int WORKERS = 4;
  private static final int TASKS = 5;

  @Test
  void ofManyWhoAreHandedATaskAtOnceAtMostOneCompletesIt(Connection log) {
    for (int number = 0; number < TASKS; number++) {
      TaskReleased task = Samples.prune(number);
      assertThat(race(log, task)).as("workers that completed task %d", number).isLessThan(2);
    }

    Recorded seen = new Recorded();
    try (Follower follower = Follower.open(log, Set.of(Topic.OUTCOMES), seen)) {
      follower.catchUp(Duration.ofMinutes(2));
    }
    assertThat(seen.events())
        .extracting(event -> ((Event.OutcomePublished) event).task())
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }

  /** How many of the workers committed an outcome. */
  private static long race(Connection log, TaskReleased task) {
    CyclicBarrier start = new CyclicBarrier(WORKERS);
    try (Attempts attempts = Attempts.open(log, SharedBroker.SHORT, Clock.systemUTC());
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<Boolean>> commits =
          IntStream.range(0, WORKERS)
              .mapToObj(worker -> workers.submit(work(attempts, task, "w" + worker, start)))
              .toList();
      return commits.stream().filter(commit -> Waiting.get(commit, "a worker to end")).count();
    }
  }

  private static Callable<Boolean> work(
      Attempts attempts, TaskReleased task, String worker, CyclicBarrier start) {
    return () -> {
      start.await();
      return switch (attempts.claim(Delivery.of(task), worker)) {
        case Opening.Completed _ -> false;
        case Opening.HeldElsewhere _ -> false;
        case Opening.Claimed(Attempt attempt) -> {
          try (attempt) {
            List<Event> effects = List.of(Samples.completed(task, attempt.number()));
            yield attempt.complete(effects, () -> false) instanceof Commit.Committed;
          }
        }
      };
    };
  }
}
