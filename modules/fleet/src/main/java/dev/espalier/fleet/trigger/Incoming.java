package dev.espalier.fleet.trigger;

import io.cloudevents.CloudEvent;

/**
 * An event from outside.
 *
 * @param event what came
 * @param topic on which topic, as a triggers file calls it
 */
public record Incoming(CloudEvent event, String topic) {}
