package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs see on the wire: never edited, since they rely on it. */
@ExtendWith(SharedBroker.class)
final class RecordsTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void anEventIsACloudEventInBinaryMode(Connection log) {
    TaskReleased task = Samples.prune(1);
    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      publisher.publish(Samples.word(task, 3, Phase.PREEMPTED, Samples.NOON));
    }

    ConsumerRecord<byte[], byte[]> record = Strangers.read(log, Topic.ATTEMPTS).getFirst();

    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(task.task() + "/3");
    assertThat(Strangers.headers(record))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("ce_specversion", "1.0"),
                Map.entry("ce_id", task.task() + "#3/preempted@2026-01-01T12:00:00Z"),
                Map.entry("ce_source", "/espalier/test"),
                Map.entry("ce_type", "dev.espalier.attempt.reported.v1"),
                Map.entry("ce_subject", task.task().toString()),
                Map.entry("ce_time", "2026-01-01T12:00:00Z"),
                Map.entry("ce_dataschema", "urn:espalier:schema:attempt:v1"),
                Map.entry("ce_correlationid", Samples.STUDY.toString()),
                Map.entry("ce_partitionkey", task.task().toString()),
                Map.entry("content-type", "application/json")));
    assertThat(new String(record.value(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"at":"2026-01-01T12:00:00Z",\
            "study":"sha256:0c87ed818fb90f3f88faa6b362cf1e99025f3c1248f8fe513cdb38d03d9dce65",\
            "task":"sha256:88d067a12d560f72dcaa5d28373da28e85f1a1e9e484209a008a5c46c68df441",\
            "attempt":3,"worker":"w3","phase":"preempted",\
            "progress":{"step":0,"steps":0,"epoch":0,"epochs":0,"imagesPerSecond":0.0,"loss":0.0},\
            "checkpoint":"sha256:17a06c5e502509e0ee226f531e4477fce4fab1cbd810779bd6664943f4f5acf3"}\
            """);
  }

  @Test
  void aTraceAndACauseArePassedOn(Connection log) {
    TaskReleased task = Samples.prune(1);
    Delivery delivery = new Delivery(task, 1, Optional.of("the-release"), Optional.of(TRACE));
    Clock clock = Clock.fixed(Samples.NOON, ZoneOffset.UTC);

    try (Attempts attempts = Attempts.open(log, SharedBroker.SHORT, clock)) {
      if (attempts.claim(delivery, "w1") instanceof Opening.Claimed(Attempt attempt)) {
        attempt.close();
      }
    }

    assertThat(Strangers.headers(Strangers.read(log, Topic.ATTEMPTS).getFirst()))
        .containsEntry("ce_traceparent", TRACE)
        .containsEntry("ce_causationid", "the-release")
        .containsEntry("ce_source", "/espalier/worker/w1");
  }

  @Test
  void allWordsOnATaskShareAPartition(Connection log) {
    TaskReleased task = Samples.prune(1);
    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      for (int attempt = 1; attempt <= 8; attempt++) {
        publisher.publish(Samples.word(task, attempt, Phase.RUNNING, Samples.NOON));
      }
    }

    assertThat(Strangers.read(log, Topic.ATTEMPTS))
        .hasSize(8)
        .extracting(ConsumerRecord::partition)
        .containsOnly(
            Integer.remainderUnsigned(
                Integer.parseUnsignedInt(task.task().digest().hex().substring(0, 8), 16),
                Topic.ATTEMPTS.partitions()));
  }

  /**
   * Of headers of which a byte is changed, too: the quick way gives the same or leaves it alone.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatIsReadQuicklyIsWhatIsReadThoroughly(long seed) throws UnreadableRecordException {
    SplittableRandom random = new SplittableRandom(seed);
    QuickReader reader = new QuickReader();
    TaskReleased task = Samples.prune(1);
    List<Event> events =
        List.of(
            Samples.word(task, 1, Phase.RUNNING, Samples.NOON),
            new MetricSampled(
                Samples.NOON, task.study(), task.task(), 1, 7, Map.of("train_loss", 0.5)));
    int quick = 0;
    for (int turn = 0; turn < 2_000; turn++) {
      Event event = events.get(turn % events.size());
      ProducerRecord<String, byte[]> written =
          Records.write(event, Envelope.from("/espalier/worker/w1"), "topic", 1);
      ConsumerRecord<byte[], byte[]> record =
          new ConsumerRecord<>("topic", 0, turn, new byte[0], written.value());
      List<Header> headers = List.of(written.headers().toArray());
      int changed = turn < 2 ? -1 : random.nextInt(headers.size());
      for (int i = 0; i < headers.size(); i++) {
        byte[] value = headers.get(i).value().clone();
        if (i == changed) {
          value[random.nextInt(value.length)] = (byte) random.nextInt(256);
        }
        record.headers().add(headers.get(i).key(), value);
      }
      Optional<Event> read = reader.read(record);
      if (read.isPresent()) {
        assertThat(Records.read(record)).isEqualTo(read.get()).isEqualTo(event);
        quick++;
      }
    }
    assertThat(quick).isGreaterThan(50);
  }
}
