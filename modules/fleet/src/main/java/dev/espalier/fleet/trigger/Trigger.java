package dev.espalier.fleet.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.domain.study.Tenant;
import dev.espalier.wire.InvalidStudyException;
import dev.espalier.wire.StudyTemplate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What starts a study when an event comes.
 *
 * @param name what it is called
 * @param occasion which events are meant
 * @param values what of the event goes into the study, by name
 * @param template what study
 * @param urgent whether its studies come before those that are not
 * @param tenant whose its studies are; absent where nobody is told from others
 */
record Trigger(
    String name,
    Occasion occasion,
    SortedMap<String, Value> values,
    StudyTemplate template,
    boolean urgent,
    Optional<Tenant> tenant) {
  /** Which events are meant. */
  sealed interface Occasion {
    /** Those that fit {@code condition}. */
    record Told(Condition condition) implements Occasion {}

    /** Those of {@code schedule}. */
    record Planned(Schedule schedule) implements Occasion {}
  }

  /** A part of the event, and what it is where the event has none. */
  record Value(Path path, Optional<JsonNode> otherwise) {}

  /** Copies the values. */
  Trigger {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Why an event that somebody told is not meant; empty when it is. */
  Optional<String> whyNot(Incoming incoming, EventTree tree) {
    return switch (occasion) {
      case Occasion.Told told -> told.condition().whyNot(incoming, tree);
      case Occasion.Planned planned ->
          Optional.of("expected a time of " + planned.schedule() + ", got an event");
    };
  }

  /** What an event does that is meant. */
  Plan plan(EventTree event) {
    try {
      return new Plan.Starts(name, template.fill(filling(event)), urgent, tenant);
    } catch (InvalidStudyException | IllegalArgumentException e) {
      return new Plan.Refuses(name, String.valueOf(e.getMessage()));
    }
  }

  private Map<String, JsonNode> filling(EventTree event) {
    Map<String, JsonNode> filling = new HashMap<>();
    values.forEach(
        (value, where) ->
            filling.put(
                value,
                where
                    .path()
                    .scalar(event)
                    .or(where::otherwise)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "expected %s at %s, got none".formatted(value, where.path())))));
    return filling;
  }
}
