package dev.espalier.fleet.trigger;

import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.Optional;

/**
 * Which events are meant: those that fit all of it.
 *
 * @param types of one of these types; of any, where empty
 * @param topics on one of these topics; on any, where empty
 * @param filter what their attributes are
 * @param where what their data have
 */
record Condition(
    List<String> types, List<String> topics, Optional<Filter> filter, Optional<Path> where) {
  /** Copies the lists. */
  Condition {
    types = List.copyOf(types);
    topics = List.copyOf(topics);
  }

  /** Why an event is not meant; empty when it is. */
  Optional<String> whyNot(Incoming incoming, EventTree tree) {
    CloudEvent event = incoming.event();
    return notIn(topics, "topic", incoming.topic())
        .or(() -> notIn(types, "type", event.getType()))
        .or(() -> filter.flatMap(sql -> sql.whyNot(event)))
        .or(
            () ->
                where
                    .filter(path -> !path.findsInData(tree))
                    .map(path -> "expected data in which something is at " + path));
  }

  private static Optional<String> notIn(List<String> meant, String what, String came) {
    return meant.isEmpty() || meant.contains(came)
        ? Optional.empty()
        : Optional.of(
            "expected the %s %s, got %s".formatted(what, String.join(" or ", meant), came));
  }
}
