package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.trigger.Content;
import dev.espalier.domain.trigger.Decision;
import dev.espalier.domain.trigger.Effect;
import dev.espalier.wire.ForeignEvents;
import dev.espalier.wire.TriggersFile.Format;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class EventIntakeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TURN = Duration.ofMillis(50);

  @Test
  void whatAnEventLeadsToStandsOnTheLogWithTheWordThatItDidSo(Connection log) {
    post(log, "1");

    try (EventIntake intake = EventIntake.open(log, Map.of())) {
      Reaction reaction = Told.reaction(Told.await(intake));
      assertThat(intake.commit(List.of(reaction))).isEqualTo(new Commit.Committed());

      assertThat(studies(log)).containsExactly(Told.wish());
      assertThat(decided(log)).containsExactly(reaction.decision());
    }
  }

  @Test
  void whatIsDoneIsNeverHandedOutAgainAndWhatIsNotIs(Connection log) {
    post(log, "1");
    try (EventIntake intake = EventIntake.open(log, Map.of())) {
      intake.commit(List.of(Told.reaction(Told.await(intake))));
      post(log, "2");
      assertThat(idOf(Told.await(intake))).isEqualTo("2");
    }

    try (EventIntake heir = EventIntake.open(log, Map.of())) {
      assertThat(idOf(Told.await(heir))).isEqualTo("2");
    }
  }

  @Test
  void oneOfManyIsHandedEventsAndAnotherAfterIt(Connection log) {
    try (EventIntake second = EventIntake.open(log, Map.of())) {
      try (EventIntake first = EventIntake.open(log, Map.of())) {
        Told.awaitActive(first);
        post(log, "1");
        assertThat(second.step(TURN)).isEmpty();
        Arrival arrival = Told.await(first);
        assertThat(second.isActive()).isFalse();
        assertThat(first.commit(List.of(Told.reaction(arrival)))).isEqualTo(new Commit.Committed());
      }
      post(log, "2");

      assertThat(idOf(Told.await(second))).isEqualTo("2");
    }
  }

  @Test
  void whoStalledWhileAnotherTookOverWritesNothing(Connection log) {
    post(log, "1");
    try (EventIntake stalled = EventIntake.open(log, Map.of())) {
      Reaction late = Told.reaction(Told.await(stalled));
      try (Pen other = Pen.transactional(log, EventIntake.IDENTITY)) {
        other.fence();
      }

      assertThat(stalled.commit(List.of(late))).isEqualTo(new Commit.Fenced());
      assertThat(studies(log)).isEmpty();
      assertThat(decided(log)).isEmpty();
    }
  }

  @Test
  void anotherTopicIsReadFromWhereItEndsThen(Connection log) {
    String other = create(log, "registry");
    write(other, log, "{}", Map.of());
    try (EventIntake intake = EventIntake.open(log, Map.of(other, Format.CLOUDEVENTS))) {
      Told.awaitActive(intake);
      write(
          other,
          log,
          new String(ForeignEvents.structured(Told.event("9")), StandardCharsets.UTF_8),
          Map.of("content-type", "application/cloudevents+json"));

      Arrival arrival = Told.await(intake);

      assertThat(arrival)
          .isInstanceOfSatisfying(
              Arrival.Told.class, told -> assertThat(told.topic()).isEqualTo(other));
      assertThat(idOf(arrival)).isEqualTo("9");
    }
  }

  @Test
  void aNotificationOfAnObjectStoreIsAnEvent(Connection log) {
    String other = create(log, "objects");
    try (EventIntake intake = EventIntake.open(log, Map.of(other, Format.S3))) {
      Told.awaitActive(intake);
      write(
          other,
          log,
          "{\"Records\":[{\"eventSource\":\"minio:s3\",\"awsRegion\":\"\",\"eventTime\":"
              + "\"2026-01-01T12:00:00.000Z\",\"eventName\":\"s3:ObjectCreated:Put\",\"s3\":"
              + "{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"a%2Fb+c\"}},"
              + "\"responseElements\":{\"x-amz-request-id\":\"r\",\"x-amz-id-2\":\"i\"}}]}",
          Map.of());

      CloudEvent event = ((Arrival.Told) Told.await(intake)).events().getFirst();

      assertThat(event.getType()).isEqualTo("com.amazonaws.s3.ObjectCreated:Put");
      assertThat(event.getSubject()).isEqualTo("a/b c");
      assertThat(event.getSource()).hasToString("minio:s3..b");
    }
  }

  @Test
  void whatIsNoEventIsHandedOutAsSuch(Connection log) {
    try (EventInbox inbox = EventInbox.open(log);
        EventIntake intake = EventIntake.open(log, Map.of())) {
      byte[] bytes = "not an event".getBytes(StandardCharsets.UTF_8);
      Waiting.get(
          inbox
              .write(Map.of("content-type", "text/plain".getBytes(StandardCharsets.UTF_8)), bytes)
              .toCompletableFuture(),
          LIMIT,
          "bytes to be taken");

      assertThat(Told.await(intake))
          .isInstanceOfSatisfying(
              Arrival.Garbled.class,
              garbled -> {
                assertThat(garbled.reason()).startsWith("expected a CloudEvent");
                assertThat(garbled.content()).isEqualTo(Content.of(bytes));
              });
    }
  }

  @Test
  void aTopicThatIsNotThereIsNamed(Connection log) {
    assertThatThrownBy(() -> EventIntake.open(log, Map.of("nowhere", Format.S3)))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("expected the topic nowhere");
  }

  @Test
  void decisionsAreFoundByTheirEventAndListedFromTheNewest(Connection log) {
    List<Reaction> reactions =
        List.of(Told.unmatched("1"), Told.unmatched("2"), Told.unmatched("3"));
    try (EventIntake intake = EventIntake.open(log, Map.of());
        Decisions decisions = new Decisions(log)) {
      Told.awaitActive(intake);
      reactions.forEach(reaction -> intake.commit(List.of(reaction)));
      decisions.catchUp(LIMIT);

      Decision second = reactions.get(1).decision();
      assertThat(decisions.find(second.key()).orElseThrow().decision()).isEqualTo(second);
      List<NumberedDecision> newest = decisions.before(Long.MAX_VALUE, 2, _ -> true);
      assertThat(newest.stream().map(NumberedDecision::decision))
          .containsExactly(reactions.get(2).decision(), second);
      assertThat(
              decisions.before(newest.getLast().number(), 2, _ -> true).stream()
                  .map(NumberedDecision::decision))
          .containsExactly(reactions.getFirst().decision());
      assertThat(
              decisions.before(
                  Long.MAX_VALUE, 2, decision -> decision.effect() instanceof Effect.Started))
          .isEmpty();
    }
  }

  private static void post(Connection log, String id) {
    try (EventInbox inbox = EventInbox.open(log)) {
      Waiting.get(inbox.write(Told.event(id)).toCompletableFuture(), LIMIT, "an event to be taken");
    }
  }

  private static String idOf(Arrival arrival) {
    return ((Arrival.Told) arrival).events().getFirst().getId();
  }

  private static List<Event> studies(Connection log) {
    Recorded recorded = new Recorded();
    try (Follower follower = Follower.open(log, Set.of(Topic.STUDIES), recorded)) {
      follower.catchUp(LIMIT);
    }
    return recorded.events();
  }

  private static List<Decision> decided(Connection log) {
    try (Decisions decisions = new Decisions(log)) {
      return decisions.before(Long.MAX_VALUE, 10, _ -> true).stream()
          .map(NumberedDecision::decision)
          .toList();
    }
  }

  private static String create(Connection log, String name) {
    String topic = log.prefix() + ".test." + name;
    try (Admin admin = Admin.create(log.client("test"))) {
      Waiting.get(
          admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty()))).all(),
          "a topic");
      Waiting.until(
          () -> Waiting.get(admin.listTopics().names(), "topics").contains(topic), LIMIT, topic);
    }
    return topic;
  }

  private static void write(
      String topic, Connection log, String text, Map<String, String> headers) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            log.client("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, text.getBytes(StandardCharsets.UTF_8));
      headers.forEach(
          (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      Waiting.get(producer.send(record), "a record to be taken");
    }
  }
}
