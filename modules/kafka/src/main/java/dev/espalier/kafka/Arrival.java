package dev.espalier.kafka;

import dev.espalier.domain.trigger.Content;
import io.cloudevents.CloudEvent;
import java.util.List;

/** What stood on a topic that triggers are about. */
public sealed interface Arrival {
  /** Where it stood, such as {@code espalier.events-0@17}. */
  String from();

  /**
   * Events that somebody told.
   *
   * @param topic on which topic, as a triggers file calls it
   * @param from where it stood
   * @param events at least one
   */
  record Told(String topic, String from, List<CloudEvent> events) implements Arrival {
    /** Copies the events. */
    public Told {
      events = List.copyOf(events);
    }
  }

  /**
   * What is no event.
   *
   * @param from where it stood
   * @param reason what was expected and what came
   * @param content what came
   */
  record Garbled(String from, String reason, Content content) implements Arrival {}
}
