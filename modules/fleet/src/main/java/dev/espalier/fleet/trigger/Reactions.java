package dev.espalier.fleet.trigger;

import dev.espalier.domain.Digest;
import dev.espalier.domain.trigger.Content;
import dev.espalier.domain.trigger.Decision;
import dev.espalier.domain.trigger.Effect;
import dev.espalier.domain.trigger.ForeignEvent;
import dev.espalier.kafka.Arrival;
import dev.espalier.kafka.Reaction;
import dev.espalier.wire.ForeignEvents;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What events lead to that are decided together: each the first time that it is told. */
final class Reactions {
  private static final String TRACEPARENT = "traceparent";

  private final Triggers triggers;
  private final Submitting submitting;
  private final Predicate<Digest> decided;
  private final Instant now;
  private final Set<Digest> met = new HashSet<>();
  private final List<Reaction> all = new ArrayList<>();
  private int duplicates;

  /**
   * None yet.
   *
   * @param decided which events are decided already, by the digests of their names
   * @param now when they are decided
   */
  Reactions(Triggers triggers, Submitting submitting, Predicate<Digest> decided, Instant now) {
    this.triggers = triggers;
    this.submitting = submitting;
    this.decided = decided;
    this.now = now;
  }

  /** What {@code arrival} leads to. */
  void add(Arrival arrival) {
    switch (arrival) {
      case Arrival.Told told ->
          told.events()
              .forEach(
                  event ->
                      add(
                          event,
                          told.from(),
                          () -> triggers.plan(new Incoming(event, told.topic()))));
      case Arrival.Garbled garbled -> add(garbled);
    }
  }

  private void add(Arrival.Garbled garbled) {
    Decision decision =
        Decision.malformed(now, garbled.from(), garbled.reason(), garbled.content());
    if (isNew(decision.key())) {
      all.add(new Reaction(decision, Optional.empty(), Optional.empty()));
    }
  }

  /** What {@code due} leads to. */
  void add(Timetable.Due due) {
    CloudEvent event = due.schedule().event(due.time());
    add(event, "schedule " + due.trigger().name(), () -> due.trigger().plan(EventTree.of(event)));
  }

  private interface Planning {
    Plan plan();
  }

  private void add(CloudEvent event, String from, Planning planning) {
    ForeignEvent told = ForeignEvents.of(event);
    if (isNew(told.key())) {
      Consequence consequence = Consequence.of(planning.plan(), submitting);
      Decision decision =
          Decision.of(told, now, from, consequence.effect(), kept(event, consequence.effect()));
      Optional<String> trace =
          Optional.ofNullable(event.getExtension(TRACEPARENT)).map(Object::toString);
      all.add(new Reaction(decision, consequence.wish(), trace));
    }
  }

  private boolean isNew(Digest key) {
    boolean fresh = !decided.test(key) && met.add(key);
    duplicates += fresh ? 0 : 1;
    return fresh;
  }

  private static Optional<Content> kept(CloudEvent event, Effect effect) {
    return effect instanceof Effect.Started
        ? Optional.empty()
        : Optional.of(Content.of(ForeignEvents.structured(event)));
  }

  List<Reaction> all() {
    return List.copyOf(all);
  }

  /** How many were told before. */
  int duplicates() {
    return duplicates;
  }
}
