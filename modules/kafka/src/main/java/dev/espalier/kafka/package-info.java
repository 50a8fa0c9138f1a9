/**
 * The log: topics, the intake of tasks, attempts whose effects happen once, publishers, followers,
 * and the broker that a single machine needs.
 *
 * <p>What an event means is not decided here, and no type of Kafka's leaves this package. Read
 * {@link dev.espalier.kafka.Attempts} first.
 */
@NullMarked
package dev.espalier.kafka;

import org.jspecify.annotations.NullMarked;
