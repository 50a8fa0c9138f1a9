package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import io.cloudevents.CloudEvent;
import java.util.function.Supplier;

/** An event as it came off the log. */
public final class Heard {
  private final Event event;
  private final Place place;
  private final int bytes;
  private final Supplier<CloudEvent> envelope;

  Heard(Event event, Place place, int bytes, Supplier<CloudEvent> envelope) {
    this.event = event;
    this.place = place;
    this.bytes = bytes;
    this.envelope = envelope;
  }

  /**
   * An event that came in {@code envelope}.
   *
   * @param bytes the size of its data
   */
  public static Heard of(Event event, Place place, int bytes, CloudEvent envelope) {
    return new Heard(event, place, bytes, () -> envelope);
  }

  /** What it says. */
  public Event event() {
    return event;
  }

  /** Where it stands. */
  public Place place() {
    return place;
  }

  /** The size of its data, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The CloudEvent that it came as, made anew each time: few ask. */
  public CloudEvent envelope() {
    return envelope.get();
  }
}
