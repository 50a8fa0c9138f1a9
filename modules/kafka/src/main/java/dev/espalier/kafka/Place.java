package dev.espalier.kafka;

/**
 * Where a record stands on the log.
 *
 * @param topic its topic
 * @param partition its partition, from 0
 * @param offset its offset in the partition, from 0
 */
public record Place(Topic topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic.suffix() + "-" + partition + "@" + offset;
  }
}
