package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.trigger.Content;
import dev.espalier.domain.trigger.Decision;
import dev.espalier.domain.trigger.Effect;
import dev.espalier.domain.trigger.ForeignEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionCodecTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final ForeignEvent EVENT = new ForeignEvent("/registry", "17", "org.example.x");
  private static final Content CONTENT = Content.of(new byte[] {1, 2, 3});

  /** The bytes of version 1; never edited. */
  private static final String GOLDEN =
      "{\"at\":\"2026-01-01T12:00:00Z\",\"key\":\"sha256:"
          + "e67c35d9e4f73b57e2580cc7467e3bec5500e3f44e0e12f7eb64bd14d5a15fc9\",\"event\":"
          + "{\"source\":\"/registry\",\"id\":\"17\",\"type\":\"org.example.x\"},\"from\":"
          + "\"espalier.events-0@17\",\"effect\":{\"kind\":\"started\",\"trigger\":\"a\",\"study\":"
          + "\"sha256:ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879\","
          + "\"name\":\"a study\"}}";

  static Stream<Decision> decisions() {
    StudyId study = new StudyId(Digest.of(new byte[] {7}));
    return Stream.of(
        of(new Effect.Started("a", study, "a study"), Optional.empty()),
        of(new Effect.Refused("a", "expected a seed, got none"), Optional.of(CONTENT)),
        of(new Effect.Unmatched("expected another type"), Optional.of(CONTENT)),
        Decision.malformed(NOON, "espalier.events-0@3", "expected a CloudEvent", CONTENT));
  }

  private static Decision of(Effect effect, Optional<Content> content) {
    return Decision.of(EVENT, NOON, "espalier.events-0@17", effect, content);
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void whatIsWrittenIsRead(Decision decision) {
    assertThat(DecisionCodec.decode(DecisionCodec.encode(decision))).isEqualTo(decision);
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void isAsItsSchemaSays(Decision decision) {
    assertThat(new SchemaCheck("decision").findings(Json.tree(decision))).isEmpty();
  }

  @Test
  void anEventThatIsToldTwiceHasTheSameKeyAndAnotherAnother() {
    assertThat(new ForeignEvent("/registry", "17", "other").key()).isEqualTo(EVENT.key());
    assertThat(new ForeignEvent("/registry/1", "7", "other").key()).isNotEqualTo(EVENT.key());
  }

  @Test
  void theBytesNeverChange() {
    CloudEvent event = DecisionCodec.encode(decisions().findFirst().orElseThrow());

    assertThat(event.getType()).isEqualTo("dev.espalier.trigger.decided.v1");
    assertThat(event.getExtension("causationid")).isEqualTo("17");
    assertThat(
            new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(GOLDEN);
  }

  @Test
  void whatIsNoDecisionIsRefused() {
    CloudEvent event = DecisionCodec.encode(decisions().findFirst().orElseThrow());

    assertThatThrownBy(
            () ->
                DecisionCodec.decode(
                    CloudEventBuilder.v1(event).withSubject("sha256:other").build()))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("expected subject");
    assertThatThrownBy(
            () -> DecisionCodec.decode(CloudEventBuilder.v1(event).withType("other").build()))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("expected an event of the type");
  }

  @Test
  void ofManyBytesTheFirstAreKept() {
    Content content = Content.of(new byte[100_000]);

    assertThat(content.size()).isEqualTo(100_000);
    assertThat(content.bytes()).hasSize(24 << 10);
  }
}
