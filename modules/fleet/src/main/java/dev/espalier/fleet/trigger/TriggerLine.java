package dev.espalier.fleet.trigger;

import dev.espalier.domain.study.Tenant;
import dev.espalier.fleet.trigger.Trigger.Occasion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trigger, as it is shown.
 *
 * @param name what it is called
 * @param types the types of events that are meant; empty for any, or where it has a schedule
 * @param topics the topics that are meant; empty for any, or where it has a schedule
 * @param filter what their attributes are
 * @param where what their data have
 * @param schedule when it starts by itself
 * @param next when that is for the next time
 * @param values paths to what of the event goes into the study, by name
 * @param urgent whether its studies come before those that are not
 * @param tenant whose its studies are
 */
public record TriggerLine(
    String name,
    List<String> types,
    List<String> topics,
    Optional<String> filter,
    Optional<String> where,
    Optional<String> schedule,
    Optional<Instant> next,
    SortedMap<String, String> values,
    boolean urgent,
    Optional<Tenant> tenant) {
  /** Copies the lists. */
  public TriggerLine {
    types = List.copyOf(types);
    topics = List.copyOf(topics);
  }

  static TriggerLine of(Trigger trigger, Instant now) {
    SortedMap<String, String> values = new TreeMap<>();
    trigger.values().forEach((name, value) -> values.put(name, value.path().toString()));
    return switch (trigger.occasion()) {
      case Occasion.Told(Condition on) ->
          new TriggerLine(
              trigger.name(),
              on.types(),
              on.topics(),
              on.filter().map(Filter::toString),
              on.where().map(Path::toString),
              Optional.empty(),
              Optional.empty(),
              values,
              trigger.urgent(),
              trigger.tenant());
      case Occasion.Planned(Schedule schedule) ->
          new TriggerLine(
              trigger.name(),
              List.of(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(schedule.toString()),
              schedule.next(now),
              values,
              trigger.urgent(),
              trigger.tenant());
    };
  }
}
