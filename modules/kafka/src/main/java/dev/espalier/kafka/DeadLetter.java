package dev.espalier.kafka;

import dev.espalier.domain.event.Event.OutcomePublished;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that nobody could read, or a task that was given up.
 *
 * @param number its name among the dead letters, from 0
 * @param at when it became one
 * @param reason what was expected and what came
 * @param origin where it stood: topic, partition and offset; of a task the topic of outcomes
 * @param task the end of the task that was given up; absent for what nobody could read
 * @param bytes the size of what came, in bytes
 */
public record DeadLetter(
    long number,
    Instant at,
    String reason,
    String origin,
    Optional<OutcomePublished> task,
    int bytes) {}
