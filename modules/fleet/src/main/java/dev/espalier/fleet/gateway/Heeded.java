package dev.espalier.fleet.gateway;

import dev.espalier.fleet.trigger.Triggers;
import dev.espalier.kafka.Decisions;
import dev.espalier.kafka.EventInbox;

/**
 * What a gateway has to do with triggers.
 *
 * @param triggers which are heeded
 * @param inbox where events are posted
 * @param decisions what they did
 */
public record Heeded(Triggers triggers, EventInbox inbox, Decisions decisions) {}
