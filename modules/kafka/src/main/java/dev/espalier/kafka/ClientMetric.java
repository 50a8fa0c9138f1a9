package dev.espalier.kafka;

import java.util.Map;

/**
 * A figure that a client of the log keeps about itself, under the names that Kafka's documentation
 * uses.
 *
 * @param group the family, such as {@code producer-metrics}
 * @param name the figure, such as {@code record-send-total}; a name that ends in {@code -total}
 *     only grows
 * @param description a sentence for a person; may be empty
 * @param tags what it is about, such as {@code client-id} and {@code topic}
 * @param value the figure now
 */
public record ClientMetric(
    String group, String name, String description, Map<String, String> tags, double value) {
  /** Copies the tags. */
  public ClientMetric {
    tags = Map.copyOf(tags);
  }
}
