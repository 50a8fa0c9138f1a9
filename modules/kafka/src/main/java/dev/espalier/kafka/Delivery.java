package dev.espalier.kafka;

import dev.espalier.domain.event.Event.TaskReleased;
import java.util.Optional;

/**
 * A task that the log handed to this worker.
 *
 * @param released the task
 * @param count how many times it has been handed out, this time included; from 1, and again from 1
 *     after a broker's restart
 * @param id the id of the event that released it, the cause of whatever the worker says of it
 * @param traceparent the W3C trace context that it came with
 */
public record Delivery(
    TaskReleased released, int count, Optional<String> id, Optional<String> traceparent) {
  /** {@code released}, handed out for the first time, by hand. */
  public static Delivery of(TaskReleased released) {
    return new Delivery(released, 1, Optional.empty(), Optional.empty());
  }
}
