package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.trigger.Content;
import dev.espalier.domain.trigger.Decision;
import dev.espalier.domain.trigger.Effect;
import dev.espalier.wire.ForeignEvents;
import dev.espalier.wire.StudyFile;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Events from outside, and what comes of them. */
final class Told {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TURN = Duration.ofMillis(50);

  private Told() {}

  static CloudEvent event(String id) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/registry"))
        .withType("org.example.checkpoint.registered")
        .withData("application/json", "{\"seed\":7}".getBytes(StandardCharsets.UTF_8))
        .build();
  }

  static StudyWished wish() {
    Study study =
        StudyFile.parse(
                "{data: glyphs, network: resnet8, training: {epochs: 2}, pruning: {rounds: 1}}",
                "a test")
            .study()
            .on(data -> data.pinnedTo(Samples.digest("glyphs")));
    return new StudyWished(Samples.NOON, Samples.STUDY, "tiny", study, Wish.RUN);
  }

  /** That it started a study, or that it is none. */
  static Reaction reaction(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Told told -> started(told.events().getFirst(), told.from());
      case Arrival.Garbled garbled ->
          new Reaction(
              Decision.malformed(Samples.NOON, garbled.from(), garbled.reason(), garbled.content()),
              Optional.empty(),
              Optional.empty());
    };
  }

  private static Reaction started(CloudEvent event, String from) {
    Effect effect = new Effect.Started("a trigger", Samples.STUDY, "tiny");
    Decision decision =
        Decision.of(ForeignEvents.of(event), Samples.NOON, from, effect, Optional.empty());
    return new Reaction(decision, Optional.of(wish()), Optional.empty());
  }

  /** That nothing was meant, with what came. */
  static Reaction unmatched(String id) {
    CloudEvent event = event(id);
    return new Reaction(
        Decision.of(
            ForeignEvents.of(event),
            Samples.NOON,
            "a test",
            new Effect.Unmatched("expected another type"),
            Optional.of(Content.of(ForeignEvents.structured(event)))),
        Optional.empty(),
        Optional.empty());
  }

  /** What {@code intake} hands out next, alone. */
  static Arrival await(EventIntake intake) {
    long end = System.nanoTime() + LIMIT.toNanos();
    List<Arrival> arrivals = intake.step(TURN);
    while (arrivals.isEmpty()) {
      assertThat(System.nanoTime()).as("an event").isLessThan(end);
      arrivals = intake.step(TURN);
    }
    return arrivals.getFirst();
  }

  /** Waits until {@code intake} is the one that is handed events. */
  static void awaitActive(EventIntake intake) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!intake.isActive()) {
      assertThat(System.nanoTime()).as("its turn").isLessThan(end);
      assertThat(intake.step(TURN)).isEmpty();
    }
  }
}
