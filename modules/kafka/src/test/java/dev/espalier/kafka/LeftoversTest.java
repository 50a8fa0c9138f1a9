package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that a follower could not read. */
@ExtendWith(SharedBroker.class)
class LeftoversTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void eachBecomesOneLetterHoweverOftenTheLogIsRead(Connection log) {
    Strangers.write(log, Topic.METRICS, "no event");
    Strangers.write(log, Topic.METRICS, "nor this");
    keepAll(log);
    Strangers.write(log, Topic.METRICS, "nor that");
    keepAll(log);
    keepAll(log);

    assertThat(contents(log)).containsExactlyInAnyOrder("no event", "nor this", "nor that");
    assertThat(Strangers.read(log, Topic.DEADLETTERS)).hasSize(3);
  }

  @Test
  void aLetterThatWasDroppedStaysSettled(Connection log) {
    Strangers.write(log, Topic.METRICS, "no event");
    keepAll(log);
    try (DeadLetterBox box = DeadLetterBox.open(log, Clock.systemUTC())) {
      box.drop(box.letters().getFirst().number());
    }

    keepAll(log);

    assertThat(contents(log)).isEmpty();
  }

  @Test
  void ofWhatIsTooLargeForALetterTheBeginningIsKept(Connection log) {
    String largest = "no event".repeat((1 << 17) - 25);
    Strangers.write(log, Topic.METRICS, largest);

    keepAll(log);

    assertThat(contents(log)).singleElement().asString().hasSizeLessThan(1 << 17);
    try (DeadLetterBox box = DeadLetterBox.open(log, Clock.systemUTC())) {
      DeadLetter letter = box.letters().getFirst();
      assertThat(letter.bytes()).isEqualTo(largest.length());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> box.requeue(letter.number()))
          .withMessageContaining("kept whole");
    }
  }

  @Test
  void anEventOnAnotherTopicIsALeftover(Connection log) {
    try (PlannerLog planner = PlannerLog.open(log)) {
      planner.publish(List.of(Samples.prune(1)));
    }
    Strangers.forward(log, Topic.TASKS, Topic.METRICS);

    keepAll(log);

    try (DeadLetterBox box = DeadLetterBox.open(log, Clock.systemUTC())) {
      assertThat(box.letters())
          .extracting(DeadLetter::reason)
          .containsExactly("expected an event of the topic metrics, got one of tasks.cpu");
    }
  }

  @Test
  void whatStandsOnATaskTopicIsLeftToTheWorkers(Connection log) {
    Strangers.write(log, Topic.TASKS, "no task");

    keepAll(log);

    assertThat(contents(log)).isEmpty();
  }

  private static void keepAll(Connection log) {
    try (Leftovers leftovers = new Leftovers(log);
        Follower follower =
            Follower.open(log, Set.of(Topic.TASKS, Topic.METRICS), new Recorded(leftovers::add))) {
      follower.catchUp(LIMIT);
      leftovers.keep();
    }
  }

  private static List<String> contents(Connection log) {
    try (DeadLetterBox box = DeadLetterBox.open(log, Clock.systemUTC())) {
      return box.letters().stream()
          .map(letter -> new String(box.content(letter.number()), StandardCharsets.UTF_8))
          .toList();
    }
  }
}
