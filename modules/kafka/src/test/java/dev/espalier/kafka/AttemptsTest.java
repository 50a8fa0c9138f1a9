package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.task.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class AttemptsTest {
  private static final Progress HALFWAY = new Progress(5, 10, 0, 1, 100, 2.5);

  private final TaskReleased task = Samples.prune(1);

  @Test
  void aNewTaskIsClaimedAsAttemptOne(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt attempt = claimed(attempts, task, "w1")) {
      assertThat(attempt.number()).isEqualTo(1);
      assertThat(attempt.checkpoint()).isEmpty();
      assertThat(attempt.superseded()).isFalse();
    }
    assertThat(read(log, Topic.ATTEMPTS))
        .singleElement()
        .isEqualTo(
            new AttemptReported(
                Samples.NOON,
                Samples.STUDY,
                task.task(),
                1,
                "w1",
                Phase.CLAIMED,
                Progress.NONE,
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aTaskWhoseAttemptLivesIsHeldElsewhere(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt _ = claimed(attempts, task, "w1")) {
      assertThat(attempts.claim(Delivery.of(task), "w2"))
          .isEqualTo(new Opening.HeldElsewhere("w1"));
    }
  }

  @Test
  void aTaskWhoseAttemptFellSilentIsTakenOverWithItsCheckpoint(Connection log) {
    try (Attempts before = at(log, Samples.NOON);
        Attempts after = at(log, Samples.NOON.plus(SharedBroker.SHORT.lock()));
        Attempt first = claimed(before, task, "w1")) {
      assertThat(first.checkpointed(HALFWAY, Samples.digest("halfway"))).isTrue();

      try (Attempt second = claimed(after, task, "w2")) {
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.checkpoint()).contains(Samples.digest("halfway"));
      }
    }
  }

  @Test
  void aReleaseThatWasTakenBackIsNobodysUntilTheNext(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Publisher planner = Publisher.open(log, "/espalier/planner")) {
      planner.publish(withdrawn(task, false));
      assertThat(attempts.claim(Delivery.of(task), "w1")).isEqualTo(new Opening.Completed());

      TaskReleased next =
          new TaskReleased(task.at().plusSeconds(1), task.study(), task.task(), task.content(), 0);
      try (Attempt attempt = claimed(attempts, next, "w1")) {
        assertThat(attempt.withdrawal()).isEmpty();
      }
    }
  }

  @Test
  void anAttemptHearsThatItsReleaseIsTakenBack(Connection log) {
    TaskWithdrawn word = withdrawn(task, true);
    try (Attempts attempts = at(log, Samples.NOON);
        Publisher planner = Publisher.open(log, "/espalier/planner");
        Attempt attempt = claimed(attempts, task, "w1")) {
      planner.publish(word);
      // Looking any task up reads the log to its end.
      assertThat(attempts.claim(Delivery.of(task), "w2")).isEqualTo(new Opening.Completed());

      assertThat(attempt.withdrawal()).contains(word);
      assertThat(attempt.superseded()).isFalse();
      assertThat(attempt.abandoned(HALFWAY)).isTrue();
    }
    assertThat(read(log, Topic.ATTEMPTS))
        .last()
        .isInstanceOfSatisfying(
            AttemptReported.class,
            last -> {
              assertThat(last.phase()).isEqualTo(Phase.PREEMPTED);
              assertThat(last.checkpoint()).isEmpty();
            });
  }

  private static TaskWithdrawn withdrawn(TaskReleased release, boolean forGood) {
    return TaskWithdrawn.of(release, Samples.NOON, forGood);
  }

  @Test
  void anAttemptThatTheReleaseAnswersIsDeadHoweverYoungItsHeartbeat(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt _ = claimed(attempts, task, "w1");
        Attempt second = claimed(attempts, Samples.again(task, 1), "w2")) {
      assertThat(second.number()).isEqualTo(2);
    }
  }

  @Test
  void aPreemptedTaskIsTakenOverAtOnce(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt first = claimed(attempts, task, "w1")) {
      assertThat(first.preempted(HALFWAY)).isTrue();

      try (Attempt second = claimed(attempts, task, "w2")) {
        assertThat(second.number()).isEqualTo(2);
      }
    }
  }

  @Test
  void ofTwoAttemptsTheOlderIsFencedAndOneOutcomeStands(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt zombie = claimed(attempts, task, "w1");
        Attempt heir = claimed(attempts, Samples.again(task, 1), "w2")) {
      assertThat(heir.complete(effects(heir), () -> false)).isEqualTo(new Commit.Committed());
      assertThat(zombie.complete(effects(zombie), () -> false)).isEqualTo(new Commit.Fenced());
      assertThat(zombie.complete(effects(zombie), () -> false)).isEqualTo(new Commit.Fenced());
    }
    assertThat(read(log, Topic.OUTCOMES)).isEqualTo(List.of(Samples.completed(task, 2)));
    assertThat(read(log, Topic.MASKS)).isEqualTo(List.of(Samples.mask(task)));
  }

  @Test
  void aFencedAttemptLeavesNothingEvenWhenItsHeirNeverEnds(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt zombie = claimed(attempts, task, "w1");
        Attempt _ = claimed(attempts, Samples.again(task, 1), "w2")) {
      assertThat(zombie.complete(effects(zombie), () -> false)).isEqualTo(new Commit.Fenced());
    }
    assertThat(read(log, Topic.OUTCOMES)).isEmpty();
    assertThat(read(log, Topic.MASKS)).isEmpty();
  }

  @Test
  void anAttemptSeesThatItIsSuperseded(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt zombie = claimed(attempts, task, "w1");
        Attempt heir = claimed(attempts, Samples.again(task, 1), "w2")) {
      Waiting.until(zombie::superseded, Duration.ofMinutes(2), "the heir's claim to be seen");
      assertThat(heir.superseded()).isFalse();
    }
  }

  @Test
  void theWordOfAZombieDoesNotCount(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt zombie = claimed(attempts, task, "w1");
        Attempt heir = claimed(attempts, Samples.again(task, 1), "w2")) {
      heir.checkpointed(HALFWAY, Samples.digest("the heir's"));
      zombie.checkpointed(HALFWAY, Samples.digest("the zombie's"));

      try (Attempt third = claimed(attempts, Samples.again(task, 2), "w3")) {
        assertThat(third.number()).isEqualTo(3);
        assertThat(third.checkpoint()).contains(Samples.digest("the heir's"));
      }
    }
  }

  @Test
  void aCompletedTaskIsNeverRunAgain(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON)) {
      try (Attempt attempt = claimed(attempts, task, "w1")) {
        attempt.complete(effects(attempt), () -> false);
      }
      assertThat(attempts.claim(Delivery.of(task), "w2")).isEqualTo(new Opening.Completed());
      assertThat(attempts.claim(Delivery.of(Samples.again(task, 1)), "w2"))
          .isEqualTo(new Opening.Completed());
    }
    try (Attempts later = at(log, Samples.NOON.plus(Duration.ofDays(1)))) {
      assertThat(later.claim(Delivery.of(task), "w2")).isEqualTo(new Opening.Completed());
    }
  }

  @Test
  void aFailedTaskIsTriedAgainOnlyWhenAReleaseAnswersItsFailure(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON)) {
      try (Attempt attempt = claimed(attempts, task, "w1")) {
        attempt.complete(List.of(Samples.failed(task, 1)), () -> false);
      }
      assertThat(attempts.claim(Delivery.of(task), "w2")).isEqualTo(new Opening.Completed());
      try (Attempt second = claimed(attempts, Samples.again(task, 1), "w2")) {
        assertThat(second.number()).isEqualTo(2);
      }
    }
  }

  @Test
  void anOutcomeBehindAnothersOpenTransactionIsNotMissed(Connection log) throws Exception {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt attempt = claimed(attempts, task, "w1");
        OpenTransaction other = OpenTransaction.begin(log, Topic.OUTCOMES)) {
      assertThat(attempt.complete(effects(attempt), () -> false)).isEqualTo(new Commit.Committed());

      CompletableFuture<Opening> opening =
          CompletableFuture.supplyAsync(() -> attempts.claim(Delivery.of(task), "w2"));

      assertThatThrownBy(() -> opening.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.abort();
      assertThat(opening.get(2, TimeUnit.MINUTES)).isEqualTo(new Opening.Completed());
    }
  }

  @Test
  void onlyAnAttemptsOwnOutcomeCompletesIt(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt attempt = claimed(attempts, task, "w1")) {
      assertThatThrownBy(() -> attempt.complete(List.of(Samples.mask(task)), () -> false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected the outcome of attempt 1");
      assertThatThrownBy(() -> attempt.complete(List.of(Samples.completed(task, 2)), () -> false))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void heartbeatsAndSamplesArriveInOrder(Connection log) {
    try (Attempts attempts = at(log, Samples.NOON);
        Attempt attempt = claimed(attempts, task, "w1")) {
      attempt.running(HALFWAY, Optional.empty());
      attempt.sample(5, Map.of("train_loss", 2.5));
      attempt.sample(10, Map.of("train_loss", 1.5));
      attempt.complete(effects(attempt), () -> false);
    }
    assertThat(read(log, Topic.ATTEMPTS))
        .extracting(event -> ((AttemptReported) event).phase())
        .containsExactly(Phase.CLAIMED, Phase.RUNNING);
    assertThat(read(log, Topic.METRICS))
        .extracting(event -> ((MetricSampled) event).step())
        .containsExactly(5L, 10L);
  }

  @Test
  void aTaskOfThousandsIsLookedUpWithoutReadingThemAgain(Connection log) {
    List<OutcomePublished> outcomes =
        java.util.stream.LongStream.range(100, 600)
            .mapToObj(number -> Samples.completed(Samples.prune(number), 1))
            .toList();
    try (PlannerLog planner = PlannerLog.open(log)) {
      planner.publish(outcomes);
    }
    try (Attempts attempts = at(log, Samples.NOON)) {
      double read = consumed(attempts);
      assertThat(attempts.claim(Delivery.of(Samples.prune(300)), "w1"))
          .isEqualTo(new Opening.Completed());
      assertThat(read).isEqualTo(outcomes.size());
      assertThat(consumed(attempts)).isEqualTo(read);
    }
  }

  private static double consumed(Attempts attempts) {
    return attempts.metrics().stream()
        .filter(metric -> metric.name().equals("records-consumed-total"))
        .filter(metric -> !metric.tags().containsKey("topic"))
        .mapToDouble(ClientMetric::value)
        .sum();
  }

  private static Attempts at(Connection log, Instant now) {
    return Attempts.open(log, SharedBroker.SHORT, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Attempt claimed(Attempts attempts, TaskReleased released, String worker) {
    Opening opening = attempts.claim(Delivery.of(released), worker);
    assertThat(opening).isInstanceOf(Opening.Claimed.class);
    return ((Opening.Claimed) opening).attempt();
  }

  private static List<Event> effects(Attempt attempt) {
    TaskReleased released = attempt.released();
    return List.of(Samples.mask(released), Samples.completed(released, attempt.number()));
  }

  private static List<Event> read(Connection log, Topic topic) {
    Recorded seen = new Recorded();
    try (Follower follower = Follower.open(log, Set.of(topic), seen)) {
      follower.catchUp(Duration.ofMinutes(2));
    }
    return seen.events();
  }
}
