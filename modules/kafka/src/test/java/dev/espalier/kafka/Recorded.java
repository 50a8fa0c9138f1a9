package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.util.ArrayList;
import java.util.List;

/** A sink that remembers. */
final class Recorded implements Follower.Sink {
  private final List<Event> events = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  @Override
  public void accept(Event event, Place place) {
    events.add(event);
  }

  @Override
  public void unreadable(Place place, String reason) {
    reasons.add(place + ": " + reason);
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  List<String> reasons() {
    return List.copyOf(reasons);
  }
}
