package dev.espalier.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.DeadLetter;
import dev.espalier.kafka.DeadLetterBox;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topic;
import dev.espalier.store.FileArtifacts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand records that are no events, on every topic of a fleet at work. */
class MalformedTest {
  private static final long SEED = 20_260_101;
  private static final int RECORDS = 10_000;
  private static final int STRANGE = 2_000;
  private static final int TASKS = 300; // of those for the task topic; each is handed to a worker
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final List<Topic> TOPICS =
      List.of(
          Topic.STUDIES, Topic.TASKS, Topic.ATTEMPTS, Topic.OUTCOMES, Topic.MASKS, Topic.METRICS);
  private static final Study BEFORE = Samples.study(2, 1L);
  private static final Study AFTER = Samples.study(2, 9L);

  private final List<Throwable> troubles = new CopyOnWriteArrayList<>();

  @Test
  @Timeout(600)
  void eachIsADeadLetterAndNobodyIsCrashed(@TempDir Path folder) throws Exception {
    FileArtifacts store = FileArtifacts.in(folder.resolve("store"));
    QuickBench bench = new QuickBench(store, 1_000_000);
    Tools tools = new Tools(bench, store, Samples.NAMING, data -> data, Clock.systemUTC());

    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"));
        Fleet fleet = Fleet.start(settings(broker.connection()), tools, troubles::add)) {
      complete(fleet, BEFORE);
      Set<String> places = send(broker.connection());
      complete(fleet, AFTER);

      List<DeadLetter> letters = await(broker.connection(), places);
      assertThat(letters).extracting(DeadLetter::origin).doesNotHaveDuplicates();
      assertThat(letters)
          .extracting(DeadLetter::reason)
          .as("seed %d", SEED)
          .allMatch(reason -> reason.startsWith("in the data of") || reason.contains("expected"));
    }
    assertThat(troubles).as("seed %d", SEED).isEmpty();
  }

  private static FleetSettings settings(Connection connection) {
    return FleetSettings.all(connection)
        .withSlots(2)
        .sharing(new Sharing(Duration.ofSeconds(15), 5, 1_000));
  }

  private static void complete(Fleet fleet, Study study) throws InterruptedException {
    fleet.submissions().orElseThrow().submit("a study", study);
    List<Node> nodes = TaskGraph.of(study, Samples.NAMING).nodes();
    assertThat(
            fleet
                .board()
                .await(
                    view ->
                        nodes.stream()
                            .map(node -> view.standings().task(node.id()))
                            .map(TaskStanding::state)
                            .allMatch(State.COMPLETED::equals),
                    LIMIT))
        .as("seed %d, %s", SEED, study)
        .isPresent();
  }

  /** Where the malformed ones stand. */
  private static Set<String> send(Connection connection)
      throws ExecutionException, InterruptedException {
    Malformed source =
        new Malformed(
            SEED, events(connection), TOPICS.stream().map(topic -> topic.on(connection)).toList());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", connection.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      int tasks = 0;
      while (sent.size() < RECORDS) {
        ProducerRecord<byte[], byte[]> record = source.next();
        tasks += Malformed.isTask(record) ? 1 : 0;
        if (tasks <= TASKS || !Malformed.isTask(record)) {
          sent.add(producer.send(record));
        }
      }
      for (int i = 0; i < STRANGE; i++) {
        Future<RecordMetadata> _ = producer.send(source.strange());
      }
    }
    Set<String> places = new HashSet<>();
    for (Future<RecordMetadata> each : sent) {
      places.add(each.get().toString());
    }
    return places;
  }

  /** Everything that stands on the log. */
  private static List<ProducerRecord<byte[], byte[]>> events(Connection connection) {
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", connection.bootstrap(), "enable.auto.commit", false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          TOPICS.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.on(connection)).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          events.add(
              new ProducerRecord<>(
                  record.topic(), null, record.key(), record.value(), record.headers()));
        }
      }
    }
    return events;
  }

  /** Until all of {@code places} have a letter. */
  private static List<DeadLetter> await(Connection connection, Set<String> places) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try (DeadLetterBox box = DeadLetterBox.open(connection, Clock.systemUTC())) {
      List<DeadLetter> letters = box.letters();
      while (!origins(letters).containsAll(places)) {
        Set<String> missing = new HashSet<>(places);
        missing.removeAll(origins(letters));
        assertThat(System.nanoTime()).as("seed %d, missing %s", SEED, missing).isLessThan(end);
        letters = box.letters();
      }
      return letters;
    }
  }

  private static Set<String> origins(List<DeadLetter> letters) {
    return letters.stream().map(DeadLetter::origin).collect(Collectors.toSet());
  }
}
