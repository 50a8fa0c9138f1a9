package dev.espalier.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of version 1. A golden file is never edited: what it holds stands on somebody's log.
 */
class GoldenEventsTest {
  private static final EventCodec CODEC = new EventCodec(URI.create("/espalier/worker/w1"));

  @ParameterizedTest
  @MethodSource("events")
  void theBytesNeverChange(Event event) {
    assertThat(text(CODEC.encode(event))).isEqualTo(golden(event));
  }

  @ParameterizedTest
  @MethodSource("events")
  void whatWasWrittenIsStillRead(Event event) {
    assertThat(EventCodec.decode(parse(golden(event)))).isEqualTo(event);
  }

  static Stream<Event> events() {
    return Stream.of(
        GoldenEvents.wished(),
        GoldenEvents.wishedWithAdam(),
        GoldenEvents.wishedWithinABudget(),
        GoldenEvents.wishedByATenant(),
        GoldenEvents.spent(),
        GoldenEvents.pruneReleased(),
        GoldenEvents.evaluateReleased(),
        GoldenEvents.scoreReleased(),
        GoldenEvents.cutReleased(),
        GoldenEvents.withdrawn(),
        GoldenEvents.reported(),
        GoldenEvents.timed(),
        GoldenEvents.pruned(),
        GoldenEvents.scored(),
        GoldenEvents.evaluated(),
        GoldenEvents.cut(),
        GoldenEvents.sized(),
        GoldenEvents.failed(),
        GoldenEvents.masked(),
        GoldenEvents.sampled(),
        GoldenEvents.logged());
  }

  /** Attributes by name, one a line, then an empty line and the data. */
  private static String text(CloudEvent event) {
    String attributes =
        Stream.concat(event.getAttributeNames().stream(), event.getExtensionNames().stream())
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .map(name -> name + ": " + value(event, name) + "\n")
            .collect(Collectors.joining());
    return attributes
        + "\n"
        + new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8)
        + "\n";
  }

  private static Object value(CloudEvent event, String name) {
    return Objects.requireNonNullElseGet(
        event.getExtension(name), () -> Objects.requireNonNull(event.getAttribute(name)));
  }

  private static CloudEvent parse(String text) {
    List<String> lines = text.lines().toList();
    CloudEventBuilder builder = CloudEventBuilder.v1();
    for (String line : lines.subList(0, lines.indexOf(""))) {
      String name = line.substring(0, line.indexOf(':'));
      String value = line.substring(line.indexOf(':') + 2);
      switch (name) {
        case "specversion" -> assertThat(value).isEqualTo("1.0");
        case "time" -> builder.withTime(OffsetDateTime.parse(value));
        default -> builder.withContextAttribute(name, value);
      }
    }
    return builder.withData(lines.getLast().getBytes(UTF_8)).build();
  }

  private static String golden(Event event) {
    String name = "/golden/" + GoldenEvents.nameOf(event) + ".txt";
    try (InputStream in = GoldenEventsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
