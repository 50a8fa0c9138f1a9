package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A sink that remembers. */
final class Recorded implements Follower.Sink {
  private final List<Event> events = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final Consumer<Unreadable> leftovers;

  Recorded() {
    this(_ -> {});
  }

  /** Hands on what is no event. */
  Recorded(Consumer<Unreadable> leftovers) {
    this.leftovers = leftovers;
  }

  @Override
  public void accept(Heard heard) {
    events.add(heard.event());
  }

  @Override
  public void unreadable(Unreadable record) {
    reasons.add(record.toString());
    leftovers.accept(record);
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  List<String> reasons() {
    return List.copyOf(reasons);
  }
}
