package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.TaskReleased;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class FollowerTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void everyEventArrivesOnceInTheOrderOfItsTopic(Connection log) {
    List<TaskReleased> tasks = LongStream.range(0, 50).mapToObj(Samples::prune).toList();
    Recorded seen = new Recorded();

    try (Publisher publisher = Publisher.open(log, "/espalier/test");
        Follower follower = Follower.open(log, Set.of(Topic.TASKS), seen)) {
      tasks.forEach(publisher::publish);
      follower.catchUp(LIMIT);
      follower.catchUp(LIMIT);
    }

    assertThat(seen.events()).isEqualTo(tasks);
  }

  @Test
  void aFollowerHasCaughtUpWhenItHasReadWhatStoodThereAtItsOpening(Connection log) {
    TaskReleased task = Samples.prune(1);
    Recorded seen = new Recorded();
    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(task);
      publisher.publish(Samples.completed(task, 1));
    }

    try (Follower follower = Follower.open(log, Set.of(Topic.TASKS, Topic.OUTCOMES), seen)) {
      assertThat(follower.caughtUp()).isFalse();
      while (!follower.caughtUp()) {
        follower.step(LIMIT);
      }
      assertThat(follower.positions())
          .contains(new Place(Topic.TASKS, 0, 1))
          .hasSize(Topic.TASKS.partitions() + Topic.OUTCOMES.partitions());
    }

    assertThat(seen.events()).containsExactlyInAnyOrder(task, Samples.completed(task, 1));
  }

  @Test
  void aRecordThatIsNoEventIsToldOfAndSkipped(Connection log) {
    TaskReleased task = Samples.prune(1);
    Recorded seen = new Recorded();
    Strangers.write(log, Topic.TASKS, "not a task");

    try (Publisher publisher = Publisher.open(log, "/espalier/test");
        Follower follower = Follower.open(log, Set.of(Topic.TASKS), seen)) {
      publisher.publish(task);
      follower.catchUp(LIMIT);
    }

    assertThat(seen.events()).isEqualTo(List.<Event>of(task));
    assertThat(seen.reasons()).singleElement().asString().startsWith("tasks.cpu-0@0: ");
  }

  @Test
  void whatIsHiddenBehindAnOpenTransactionIsStillToBeCaughtUpWith(Connection log) {
    TaskReleased task = Samples.prune(1);
    Recorded seen = new Recorded();

    try (OpenTransaction open = OpenTransaction.begin(log, Topic.OUTCOMES);
        Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(Samples.completed(task, 1));
      try (Follower follower = Follower.open(log, Set.of(Topic.OUTCOMES), seen)) {
        follower.step(Duration.ofMillis(300));
        assertThat(seen.events()).isEmpty();
        assertThat(follower.caughtUp()).isFalse();
        open.abort();
        follower.catchUp(LIMIT);
      }
    }

    assertThat(seen.events()).isEqualTo(List.<Event>of(Samples.completed(task, 1)));
  }

  @Test
  void aSignOfLifeCountsOnceEverythingWasReadThatStoodThere(Connection log) {
    Sharing sharing = new Sharing(Duration.ofSeconds(8), 5, 1_000);
    AtomicLong seconds = new AtomicLong();
    InstantSource clock = () -> Instant.EPOCH.plusSeconds(seconds.get());
    Contact contact = new Contact(sharing, clock);
    Recorded seen = new Recorded();

    try (Publisher publisher = Publisher.open(log, "/espalier/test");
        Follower follower = Follower.open(log, Set.of(Topic.OUTCOMES), seen)) {
      follower.catchUp(LIMIT);
      try (OpenTransaction open = OpenTransaction.begin(log, Topic.OUTCOMES)) {
        publisher.publish(Samples.completed(Samples.prune(1), 1));
        for (int second = 0; second < 10; second++) {
          seconds.incrementAndGet();
          follower.keep(contact, LIMIT);
        }
        assertThat(contact.since())
            .as("the log answers, the reader lags")
            .isEqualTo(clock.instant());
        open.abort();
      }
      follower.catchUp(LIMIT);
      follower.keep(contact, LIMIT);
      Instant read = clock.instant();
      for (int second = 0; second < 10; second++) {
        seconds.incrementAndGet();
        follower.keep(contact, LIMIT);
      }
      assertThat(contact.since()).as("by a new question").isEqualTo(read.plusSeconds(1));
    }

    assertThat(seen.events()).hasSize(1);
  }

  @Test
  void whatIsReadLastComesBehindAllThatStoodOnTheOthers(Connection log) {
    List<TaskReleased> tasks = LongStream.range(0, 20).mapToObj(Samples::prune).toList();
    Event outcome = Samples.completed(tasks.getFirst(), 1);
    Recorded seen = new Recorded();

    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(tasks.subList(0, 12));
      publisher.publish(outcome);
      try (Follower follower = Follower.open(log, Set.of(Topic.TASKS, Topic.OUTCOMES), seen)) {
        follower.readLast(Topic.TASKS);
        while (!follower.caughtUp()) {
          follower.step(Duration.ofMillis(50));
        }
        assertThat(seen.events().getFirst()).isEqualTo(outcome);
        assertThat(seen.events()).hasSize(13);
        publisher.publish(tasks.subList(12, 20));
        follower.catchUp(LIMIT);
      }
    }

    assertThat(seen.events().subList(1, 21)).isEqualTo(tasks);
  }

  @Test
  void whatIsReadLastIsReadWhereTheOthersAreEmpty(Connection log) {
    TaskReleased task = Samples.prune(1);
    Recorded seen = new Recorded();

    try (Publisher publisher = Publisher.open(log, "/espalier/test");
        Follower follower = Follower.open(log, Set.of(Topic.TASKS, Topic.OUTCOMES), seen)) {
      follower.readLast(Topic.TASKS);
      publisher.publish(task);
      follower.catchUp(LIMIT);
    }

    assertThat(seen.events()).isEqualTo(List.<Event>of(task));
  }

  @Test
  void whatIsSkippedIsNotHandedOnAndWhatComesBehindItIs(Connection log) {
    List<TaskReleased> tasks = LongStream.range(0, 20).mapToObj(Samples::prune).toList();
    Recorded seen = new Recorded();

    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(tasks.subList(0, 12));
      publisher.publish(Samples.completed(tasks.getFirst(), 1));
      try (Follower follower = Follower.open(log, Set.of(Topic.TASKS, Topic.OUTCOMES), seen)) {
        follower.skip(Topic.TASKS);
        while (!follower.caughtUp()) {
          follower.step(LIMIT);
        }
        assertThat(seen.events()).isEqualTo(List.<Event>of(Samples.completed(tasks.getFirst(), 1)));
        publisher.publish(tasks.subList(12, 20));
        follower.catchUp(LIMIT);
      }
    }

    assertThat(seen.events().subList(1, 9)).isEqualTo(tasks.subList(12, 20));
  }

  @Test
  void aFollowerGoesOnWhereAnotherHadGot(Connection log) {
    List<TaskReleased> tasks = LongStream.range(0, 20).mapToObj(Samples::prune).toList();
    Recorded first = new Recorded();
    Recorded second = new Recorded();
    Positions reached;

    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      try (Follower follower = Follower.open(log, Set.of(Topic.TASKS), first)) {
        tasks.subList(0, 12).forEach(publisher::publish);
        follower.catchUp(LIMIT);
        reached = follower.reached();
      }
      tasks.subList(12, 20).forEach(publisher::publish);
    }
    try (Follower follower =
        Follower.open(
            log, Set.of(Topic.TASKS), reached.parse(reached.toString()).orElseThrow(), second)) {
      follower.catchUp(LIMIT);
      assertThat(follower.reached().reaches(reached)).isTrue();
      assertThat(reached.reaches(follower.reached())).isFalse();
      assertThat(follower.reached().since(reached)).isEqualTo(8);
    }

    assertThat(first.events()).isEqualTo(tasks.subList(0, 12));
    assertThat(second.events()).isEqualTo(tasks.subList(12, 20));
  }
}
