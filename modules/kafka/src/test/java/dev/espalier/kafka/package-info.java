/**
 * Tests of the log against real brokers.
 *
 * <p>No mocks here. Read {@link dev.espalier.kafka.SharedBroker} first.
 */
@NullMarked
package dev.espalier.kafka;

import org.jspecify.annotations.NullMarked;
