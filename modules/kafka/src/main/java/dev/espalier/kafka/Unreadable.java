package dev.espalier.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record on the log that is no event of ours. */
public final class Unreadable {
  private final Place place;
  private final String reason;
  private final ConsumerRecord<byte[], byte[]> record;

  Unreadable(Place place, String reason, ConsumerRecord<byte[], byte[]> record) {
    this.place = place;
    this.reason = reason;
    this.record = record;
  }

  /** Where it stands. */
  public Place place() {
    return place;
  }

  /** What was expected and what came. */
  public String reason() {
    return reason;
  }

  /** As it came. */
  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  /** Where it stands, by the name that the dead letters have for it. */
  String origin() {
    return DeadLetters.origin(
        record.topic(), Integer.toString(record.partition()), Long.toString(record.offset()));
  }

  @Override
  public String toString() {
    return place + ": " + reason;
  }
}
