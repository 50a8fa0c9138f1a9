package dev.espalier.fleet.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.Role;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.wire.TriggersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The triggers that the project ships do what they say. */
class TriggerExamplesTest {
  private static final Path EXAMPLES = Path.of("../../src/examples/triggers");
  private static final String CLOUD_EVENT = "application/cloudevents+json";

  @TempDir private static Path folder;
  private static Optional<EmbeddedBroker> broker = Optional.empty();

  @BeforeAll
  static void startBroker() {
    broker = Optional.of(EmbeddedBroker.start(folder.resolve("kafka")));
  }

  @AfterAll
  static void stopBroker() {
    broker.ifPresent(EmbeddedBroker::close);
  }

  private static Connection log(String prefix) {
    return broker.orElseThrow().connection().withPrefix(prefix);
  }

  private static Triggers triggers(String file) throws IOException {
    return Triggers.of(TriggersFile.parse(text(file), file, name -> Optional.of(text(name))));
  }

  private static String text(String file) {
    try {
      return Files.readString(EXAMPLES.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both in one: what a registered checkpoint starts, and what a schedule does. */
  @Test
  void aCheckpointIsPrunedAndAScheduleStartsOneStudyHoweverManyGatewaysHeedIt() throws Exception {
    Instant three = Instant.parse("2026-01-10T02:00:00Z"); // in Berlin
    SetClock clock = new SetClock(three.minusSeconds(1));
    try (Heeders heeders = new Heeders(log("examples"), folder)) {
      Triggers triggers = triggers("triggers.yaml");
      Fleet one = heeders.start(triggers, clock, Set.of(Role.GATEWAY));
      Fleet other = heeders.start(triggers, clock, Set.of(Role.GATEWAY));
      JsonNode registered =
          heeders.decision(
              other, heeders.post(one, "events", text("registered.json"), CLOUD_EVENT));

      clock.set(three);
      JsonNode started = heeders.decisions(other, "?trigger=nightly", 1);
      heeders.stop(one);
      String another = text("registered.json").replace("checkpoint-17", "checkpoint-18");
      heeders.decision(other, heeders.post(other, "events", another, CLOUD_EVENT));

      assertThat(registered.at("/effect/trigger").asText()).isEqualTo("prune-registered");
      assertThat(started.get(0).at("/event/id").asText()).isEqualTo(three.toString());
      assertThat(heeders.wishes())
          .extracting(StudyWished::name)
          .containsExactly("pruned digits", "nightly of 2026-01-10", "pruned digits");
      assertThat(heeders.wishes().getFirst().content().seeds()).containsExactly(17L);
      assertThat(heeders.wishes().getFirst().priority()).contains(Priority.URGENT);
    }
  }

  @Test
  void anObjectThatIsCreatedStartsAStudyOnceHoweverOftenItIsTold() throws Exception {
    Connection log = log("objects");
    create(log, "objects");
    try (Heeders heeders = new Heeders(log, folder)) {
      Fleet fleet = heeders.start(triggers("objects.yaml"));
      // Reading begins where the topic ends when it is read first.
      heeders.decision(fleet, heeders.post(fleet, "events", text("registered.json"), CLOUD_EVENT));

      write(log, "objects", text("object-created.json"));
      write(log, "objects", text("object-created.json"));
      write(log, "objects", "{\"Event\": \"s3:TestEvent\"}");

      heeders.decisions(fleet, "?effect=malformed", 1);
      JsonNode started = heeders.decisions(fleet, "?effect=started", 1);
      assertThat(started).hasSize(1);
      assertThat(started.get(0).at("/event/type").asText())
          .isEqualTo("com.amazonaws.s3.ObjectCreated:Put");
      assertThat(heeders.wishes()).hasSize(1);
      assertThat(heeders.wishes().getFirst().name()).isEqualTo("for studies/one.csv");
    }
  }

  private static void create(Connection log, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", log.bootstrap()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  private static void write(Connection log, String topic, String text) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", log.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic, text.getBytes(StandardCharsets.UTF_8)))
          .get(1, TimeUnit.MINUTES);
    }
  }
}
