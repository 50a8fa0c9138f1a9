package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.BudgetSpent;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.PruneTask;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class DeadLetterBoxTest {
  private static final Clock CLOCK =
      Clock.fixed(Samples.NOON.plus(Duration.ofHours(1)), ZoneOffset.UTC);
  private static final Failure DIVERGED = new Failure.Diverged("expected a finite loss, got NaN");

  private final TaskReleased task = Samples.prune(1);

  @Test
  void aTaskThatWasGivenUpIsALetterAndBackAmongTheWishedOnesWhenItIsRequeued(Connection log) {
    wish(log, Wish.RUN);
    giveUp(log, task);
    giveUp(log, Samples.prune(2));

    try (DeadLetterBox box = DeadLetterBox.open(log, CLOCK)) {
      List<DeadLetter> letters = box.letters();
      assertThat(letters).extracting(DeadLetter::reason).containsOnly(DIVERGED.message());
      assertThat(letters.getFirst().task().map(OutcomePublished::task)).contains(task.task());

      assertThat(box.requeue(letters.getFirst().number())).isEqualTo(2);
      assertThat(box.letters()).isEmpty();
    }
    List<Event> studies = read(log, Topic.STUDIES);
    assertThat(studies)
        .last()
        .isInstanceOfSatisfying(
            StudyWished.class, wished -> assertThat(wished.at()).isEqualTo(CLOCK.instant()));
    assertThat(read(log, Topic.OUTCOMES)).hasSize(2);
  }

  @Test
  void aTaskOfACancelledStudyStaysALetter(Connection log) {
    wish(log, Wish.CANCEL);
    giveUp(log, task);

    try (DeadLetterBox box = DeadLetterBox.open(log, CLOCK)) {
      long number = box.letters().getFirst().number();
      assertThatThrownBy(() -> box.requeue(number))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cancel");
      assertThat(box.letters()).hasSize(1);
    }
    assertThat(read(log, Topic.STUDIES)).hasSize(1);
  }

  @Test
  void aTaskOfAStudyWhoseBudgetIsSpentStaysALetter(Connection log) {
    wish(log, Wish.RUN);
    giveUp(log, task);
    try (PlannerLog planner = PlannerLog.open(log)) {
      planner.publish(
          List.of(new BudgetSpent(Samples.NOON, Samples.STUDY, Samples.NOON, Budget.Limit.TASKS)));
    }

    try (DeadLetterBox box = DeadLetterBox.open(log, CLOCK)) {
      long number = box.letters().getFirst().number();
      assertThatThrownBy(() -> box.requeue(number))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("whose budget is spent");
      assertThat(box.letters()).hasSize(1);
    }
  }

  @Test
  void aLetterBehindAnothersOpenTransactionIsNotMissed(Connection log) throws Exception {
    try (OpenTransaction other = OpenTransaction.begin(log, Topic.DEADLETTERS);
        DeadLetterBox box = DeadLetterBox.open(log, CLOCK)) {
      giveUp(log, task);

      CompletableFuture<List<DeadLetter>> letters = CompletableFuture.supplyAsync(box::letters);

      assertThatThrownBy(() -> letters.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.abort();
      assertThat(letters.get(2, TimeUnit.MINUTES)).hasSize(1);
    }
  }

  @Test
  void whatNobodyCouldReadGoesBackAsItCame(Connection log) {
    Strangers.write(log, Topic.TASKS, "poison");
    letUnreadablesBeRead(log);

    try (DeadLetterBox box = DeadLetterBox.open(log, CLOCK)) {
      DeadLetter letter = box.letters().getFirst();
      assertThat(letter.task()).isEmpty();
      assertThat(letter.origin()).isEqualTo(Topic.TASKS.on(log) + "-0@0");
      assertThat(box.content(letter.number())).asString().isEqualTo("poison");

      assertThat(box.requeue(letter.number())).isEqualTo(1);
      assertThat(box.letters()).isEmpty();
    }
    List<ConsumerRecord<byte[], byte[]>> tasks =
        Strangers.read(log, Topic.TASKS).stream()
            .filter(record -> new String(record.value(), StandardCharsets.UTF_8).equals("poison"))
            .toList();
    assertThat(tasks).hasSize(2);
    assertThat(Strangers.headers(tasks.getLast())).isEmpty();
  }

  @Test
  void whatIsDroppedIsSettledAndOthersStay(Connection log) {
    wish(log, Wish.RUN);
    giveUp(log, task);
    giveUp(log, Samples.prune(2));

    try (DeadLetterBox box = DeadLetterBox.open(log, CLOCK)) {
      long first = box.letters().getFirst().number();
      box.drop(first);

      assertThat(box.letters()).extracting(DeadLetter::number).hasSize(1).doesNotContain(first);
      assertThatThrownBy(() -> box.drop(first))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not settled");
    }
  }

  private void letUnreadablesBeRead(Connection log) {
    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(task);
    }
    try (Taker taker = Taker.quick(log)) {
      taker.awaitTaken(1);
    }
  }

  private static void giveUp(Connection log, TaskReleased task) {
    try (PlannerLog planner = PlannerLog.open(log)) {
      planner.publish(
          List.of(
              new OutcomePublished(
                  Samples.NOON,
                  task.study(),
                  task.task(),
                  3,
                  "planner",
                  new Outcome.Failed(DIVERGED))));
    }
  }

  private void wish(Connection log, Wish wish) {
    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(new StudyWished(Samples.NOON, Samples.STUDY, "a study", study(), wish));
    }
  }

  private Study study() {
    PruneTask prune = (PruneTask) task.content();
    return new Study(
        prune.setting().data(),
        KnownNetwork.RESNET8,
        List.of(1L),
        List.of(Objective.LABELS),
        prune.setting().training(),
        new Pruning(prune.recipe(), 1),
        List.of(Evaluation.TICKET),
        Precision.FLOAT32);
  }

  private static List<Event> read(Connection log, Topic topic) {
    Recorded seen = new Recorded();
    try (Follower follower = Follower.open(log, Set.of(topic), seen)) {
      follower.catchUp(Duration.ofMinutes(2));
    }
    return seen.events();
  }
}
