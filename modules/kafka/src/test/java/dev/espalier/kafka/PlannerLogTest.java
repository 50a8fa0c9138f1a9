package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.TaskReleased;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class PlannerLogTest {
  @Test
  void onlyTheNewestPlannerWrites(Connection log) {
    TaskReleased first = Samples.prune(1);
    TaskReleased second = Samples.evaluate(1);
    Recorded seen = new Recorded();

    try (PlannerLog older = PlannerLog.open(log)) {
      assertThat(older.publish(List.of(first))).isEqualTo(new Commit.Committed());
      try (PlannerLog newer = PlannerLog.open(log)) {
        assertThat(older.publish(List.of(Samples.prune(2)))).isEqualTo(new Commit.Fenced());
        assertThat(newer.publish(List.of(second))).isEqualTo(new Commit.Committed());
        assertThat(older.publish(List.of(Samples.prune(3)))).isEqualTo(new Commit.Fenced());
      }
    }

    Set<Topic> topics = Set.of(Topic.TASKS);
    try (Follower follower = Follower.open(log, topics, seen)) {
      follower.catchUp(Duration.ofMinutes(2));
    }
    assertThat(seen.events()).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void aTaskThatIsGivenUpIsNotEndedByItsAttemptToo(Connection log) {
    TaskReleased task = Samples.prune(4);
    Recorded seen = new Recorded();

    try (Attempts attempts = Attempts.open(log, SharedBroker.SHORT, Clock.systemUTC());
        PlannerLog planner = PlannerLog.open(log)) {
      Opening opening = attempts.claim(Delivery.of(task), "w1");
      assertThat(opening).isInstanceOf(Opening.Claimed.class);
      try (Attempt attempt = ((Opening.Claimed) opening).attempt()) {
        assertThat(planner.end(Samples.failed(task, 1), () -> true))
            .isEqualTo(new Commit.Committed());
        assertThat(attempt.complete(List.of(Samples.completed(task, 1)), () -> false))
            .isEqualTo(new Commit.Fenced());
      }
    }

    try (Follower follower = Follower.open(log, Set.of(Topic.OUTCOMES), seen)) {
      follower.catchUp(Duration.ofMinutes(2));
    }
    assertThat(seen.events()).isEqualTo(List.of(Samples.failed(task, 1)));
  }

  @Test
  void aTaskThatIsNoLongerToBeGivenUpIsLeft(Connection log) {
    try (PlannerLog planner = PlannerLog.open(log)) {
      assertThat(planner.end(Samples.failed(Samples.prune(5), 1), () -> false))
          .isEqualTo(new Commit.Fenced());
    }
  }
}
