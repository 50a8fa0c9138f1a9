package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.TaskReleased;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class IntakeTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final TaskReleased task = Samples.prune(1);

  @Test
  void everyTaskOfBothKindsIsHandedOutOnce(Connection log) {
    List<TaskReleased> tasks =
        LongStream.range(0, 20)
            .boxed()
            .flatMap(number -> Stream.of(Samples.prune(number), Samples.evaluate(number)))
            .toList();
    release(log, tasks);

    try (Taker one = Taker.quick(log);
        Taker two = Taker.quick(log)) {
      Waiting.until(
          () -> one.taken().size() + two.taken().size() >= tasks.size(), LIMIT, "all tasks taken");
      assertThat(Stream.concat(one.taken().stream(), two.taken().stream()))
          .extracting(Delivery::released)
          .containsExactlyInAnyOrderElementsOf(tasks);
    }
  }

  @Test
  void anIntakeHoldsOneTaskAtATime(Connection log) {
    release(log, List.of(Samples.prune(1), Samples.evaluate(1), Samples.prune(2)));
    CompletableFuture<Void> work = new CompletableFuture<>();

    try (Taker busy = Taker.of(log, delivery -> work)) {
      busy.awaitTaken(1);
      try (Taker idle = Taker.quick(log)) {
        idle.awaitTaken(2);
        assertThat(busy.taken()).hasSize(1);
        assertThat(idle.taken()).extracting(Delivery::count).containsOnly(1);
      }
      work.complete(null);
    }
  }

  @Test
  void renewalKeepsATaskBeyondItsLock(Connection log) {
    Sharing sharing = new Sharing(Duration.ofSeconds(4), 5, 1_000);
    Topics.ensure(log, sharing);
    release(log, List.of(task));
    CompletableFuture<Void> work = new CompletableFuture<>();

    try (Taker busy = Taker.of(log, sharing, delivery -> work)) {
      busy.awaitTaken(1);
      try (Taker idle = Taker.of(log, sharing, CompletableFuture::completedStage)) {
        Waiting.until(() -> busy.renewals() >= 4, LIMIT, "more than a lock period to pass");
        work.complete(null);
        release(log, List.of(Samples.prune(2)));
        Waiting.until(
            () -> busy.taken().size() + idle.taken().size() == 2, LIMIT, "the next task taken");
        assertThat(idle.taken()).extracting(Delivery::released).doesNotContain(task);
      }
    }
  }

  @Test
  void aTaskWhoseHolderFallsSilentGoesToAnother(Connection log) {
    Topics.ensure(log, SharedBroker.SHORT);
    release(log, List.of(task));
    CompletableFuture<Void> freeze = new CompletableFuture<>();

    try (Taker frozen =
        Taker.of(
            log,
            SharedBroker.SHORT,
            delivery -> {
              freeze.join();
              return CompletableFuture.completedStage(delivery);
            })) {
      frozen.awaitTaken(1);
      try (Taker other = Taker.of(log, SharedBroker.SHORT, CompletableFuture::completedStage)) {
        other.awaitTaken(1);
        assertThat(other.taken().getFirst().released()).isEqualTo(task);
        assertThat(other.taken().getFirst().count()).isEqualTo(2);
      } finally {
        freeze.complete(null);
      }
    }
  }

  @Test
  void bytesThatAreNoTaskLandInTheDeadLettersWithTheReason(Connection log) {
    Strangers.write(log, Topic.TASKS, "poison");
    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(task);
    }

    try (Taker taker = Taker.quick(log)) {
      taker.awaitTaken(1);
      assertThat(taker.taken()).extracting(Delivery::released).containsExactly(task);
    }

    List<ConsumerRecord<byte[], byte[]>> letters = Strangers.read(log, Topic.DEADLETTERS);
    assertThat(letters).hasSize(1);
    assertThat(letters.getFirst().value()).asString().isEqualTo("poison");
    assertThat(Strangers.headers(letters.getFirst()))
        .containsEntry("deadletter_topic", Topic.TASKS.on(log))
        .containsEntry("deadletter_offset", "0")
        .hasEntrySatisfying(
            "deadletter_reason", reason -> assertThat(reason).contains("expected a CloudEvent"));
  }

  @Test
  void bytesAsLargeAsABrokerTakesAreNotInTheWay(Connection log) {
    Strangers.write(log, Topic.TASKS, "poison".repeat((1 << 20) / 6 - 40));
    release(log, List.of(task));

    try (Taker taker = Taker.quick(log)) {
      taker.awaitTaken(1);
      assertThat(taker.taken()).extracting(Delivery::released).containsExactly(task);
    }

    assertThat(Strangers.read(log, Topic.DEADLETTERS)).hasSize(1);
  }

  @Test
  void aTaskThatTheHandlerFailsGoesBackAndTheStepThrows(Connection log) {
    release(log, List.of(task));

    try (Taker failing =
        Taker.of(
            log, delivery -> CompletableFuture.failedStage(new IllegalStateException("unwell")))) {
      assertThat(failing.end()).contains(task.task().toString());
    }

    try (Taker other = Taker.quick(log)) {
      other.awaitTaken(1);
      assertThat(other.taken().getFirst().released()).isEqualTo(task);
    }
  }

  @Test
  void aCrashBetweenCommitAndAcceptanceIsFoundAtTheNextDelivery(Connection log) {
    release(log, List.of(task));
    try (Attempts attempts = Attempts.open(log, SharedBroker.SHORT, Clock.systemUTC())) {
      try (Taker crashing =
          Taker.of(
              log,
              delivery -> {
                complete(attempts, delivery);
                return new CompletableFuture<Void>();
              })) {
        crashing.awaitTaken(1);
      }

      try (Taker other = Taker.quick(log)) {
        other.awaitTaken(1);
        assertThat(attempts.claim(other.taken().getFirst(), "w2"))
            .isEqualTo(new Opening.Completed());
      }
    }
  }

  private static void complete(Attempts attempts, Delivery delivery) {
    if (attempts.claim(delivery, "w1") instanceof Opening.Claimed(Attempt attempt)) {
      try (attempt) {
        attempt.complete(
            List.of(Samples.completed(delivery.released(), attempt.number())), () -> false);
      }
    }
  }

  @Test
  void aTaskIsAcceptedWhenItsWorkEndsWhileTheIntakeCloses(Connection log) {
    release(log, List.of(task));
    CompletableFuture<Void> work = new CompletableFuture<>();
    Taker polite = Taker.of(log, delivery -> work);
    polite.awaitTaken(1);

    work.complete(null);
    polite.close();
    release(log, List.of(Samples.prune(2)));

    try (Taker other = Taker.quick(log)) {
      other.awaitTaken(1);
      assertThat(other.taken()).extracting(Delivery::released).containsExactly(Samples.prune(2));
    }
  }

  @Test
  void aLongTaskHoldsNoneUpThatComeBehindIt(Connection log) {
    Sharing few = new Sharing(SharedBroker.SHORT.lock(), 5, 100);
    Topics.ensure(log, few);
    CompletableFuture<Void> work = new CompletableFuture<>();
    release(log, List.of(task));

    try (Taker busy = Taker.of(log, few, delivery -> work)) {
      busy.awaitTaken(1);
      release(log, LongStream.range(2, 302).mapToObj(Samples::prune).toList());
      try (Taker other = Taker.of(log, few, CompletableFuture::completedStage)) {
        other.awaitTaken(300);
      }
      assertThat(busy.taken()).hasSize(1);
      work.complete(null);
    }
  }

  @Test
  void whatIsDoneCanBeForgottenAndTheRestIsStillHandedOut(Connection log) {
    List<TaskReleased> tasks = LongStream.range(0, 6).mapToObj(Samples::prune).toList();
    release(log, tasks.subList(0, 4));
    try (Backlog backlog = Backlog.open(log, LIMIT)) {
      try (Taker taker = Taker.quick(log)) {
        taker.awaitTaken(4);
        Waiting.until(() -> backlog.unfinished(Topic.TASKS) == 0, LIMIT, "four tasks accepted");
      }
      long done = backlog.extent(Topic.TASKS).begin();
      release(log, tasks.subList(4, 6));

      backlog.forget(Topic.TASKS, done);
      backlog.forget(Topic.TASKS, done);

      assertThat(done).isGreaterThanOrEqualTo(4);
    }
    Recorded seen = new Recorded();
    try (Follower follower = Follower.open(log, Set.of(Topic.TASKS), seen);
        Taker taker = Taker.quick(log)) {
      follower.catchUp(LIMIT);
      taker.awaitTaken(2);
      assertThat(seen.events()).isEqualTo(tasks.subList(4, 6));
      assertThat(taker.taken())
          .extracting(Delivery::released)
          .containsExactlyElementsOf(tasks.subList(4, 6));
    }
  }

  private static void release(Connection log, List<TaskReleased> tasks) {
    try (PlannerLog planner = PlannerLog.open(log)) {
      assertThat(planner.publish(tasks)).isEqualTo(new Commit.Committed());
    }
  }
}
