package dev.espalier.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others send. */
class ForeignEventsTest {
  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\",\"data\":{\"x\":1}}";
  private static final String RECORD =
      "{\"eventSource\":\"aws:s3\",\"awsRegion\":\"eu-1\",\"eventTime\":\"2026-01-01T12:00:00Z\","
          + "\"eventName\":\"ObjectCreated:Put\",\"responseElements\":{\"x-amz-request-id\":\"R\","
          + "\"x-amz-id-2\":\"I\"},\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":"
          + "\"a+b%2Fc\",\"sequencer\":\"S\"}}}";

  @Test
  void whatIsWrittenInStructuredModeIsRead() {
    CloudEvent event = ForeignEvents.read(EVENT.getBytes(UTF_8));

    assertThat(ForeignEvents.of(ForeignEvents.read(ForeignEvents.structured(event))))
        .isEqualTo(ForeignEvents.of(event));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"specversion\":\"9\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\"}",
        "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/a\",\"type\":\"t\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"a b\",\"type\":\"t\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\"}",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/espalier/schedule/x\",\"type\":\"t\"}"
      })
  void whatIsNoEventIsRefused(String json) {
    assertThatThrownBy(() -> ForeignEvents.read(json.getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageStartingWith("expected ");
  }

  /** Seed 1812. */
  @Test
  void brokenBytesAreRefusedOrReadAndNothingElse() {
    Random random = new Random(1812);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = (i % 2 == 0 ? EVENT : "{\"Records\":[" + RECORD + "]}").getBytes(UTF_8);
      for (int j = 0; j <= random.nextInt(4); j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      readOrRefuse(bytes);
    }
  }

  private static void readOrRefuse(byte[] bytes) {
    for (Reading reading : List.<Reading>of(ForeignEvents::read, ObjectNotification::events)) {
      try {
        assertThat(reading.of(bytes)).isNotNull();
      } catch (UnreadableEventException e) {
        assertThat(e).hasMessageStartingWith("expected ");
      }
    }
  }

  private interface Reading {
    Object of(byte[] bytes);
  }

  @Test
  void aBatchIsReadInItsOrder() {
    String other = EVENT.replace("\"1\"", "\"2\"");

    assertThat(EventBatch.read(("[" + EVENT + "," + other + "]").getBytes(UTF_8)))
        .extracting(CloudEvent::getId)
        .containsExactly("1", "2");
    assertThatThrownBy(() -> EventBatch.read(EVENT.getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("expected an array of events");
  }

  @Test
  void aNotificationIsAnEventForEachOfItsRecords() {
    String second = RECORD.replace("\"S\"", "\"S2\"");

    List<CloudEvent> events =
        ObjectNotification.events(
            ("{\"Records\":[" + RECORD + "," + second + "]}").getBytes(UTF_8));

    assertThat(events).extracting(CloudEvent::getId).containsExactly("R.I.S", "R.I.S2");
    assertThat(events.getFirst().getType()).isEqualTo("com.amazonaws.s3.ObjectCreated:Put");
    assertThat(events.getFirst().getSource()).hasToString("aws:s3.eu-1.b");
    assertThat(events.getFirst().getSubject()).isEqualTo("a b/c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|expected at least one of Records, got none",
        "{\"Records\":[{}]}|expected a notification with text at /eventName, got none",
        "no json|expected JSON"
      })
  void whatIsNoNotificationIsRefused(String json, String reason) {
    assertThatThrownBy(() -> ObjectNotification.events(json.getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining(reason);
  }
}
