package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import io.cloudevents.CloudEvent;

/**
 * An event as it came off the log.
 *
 * @param event what it says
 * @param place where it stands
 * @param envelope the CloudEvent that it came as, its data the JSON of the event
 */
public record Heard(Event event, Place place, CloudEvent envelope) {
  /** The size of its data, in bytes. */
  public int bytes() {
    var data = envelope.getData();
    return data == null ? 0 : data.toBytes().length;
  }
}
