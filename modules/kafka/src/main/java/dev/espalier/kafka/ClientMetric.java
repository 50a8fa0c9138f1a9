package dev.espalier.kafka;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;

/**
 * A figure that a client of the log keeps about itself, under the names that Kafka's documentation
 * uses.
 *
 * @param group the family, such as {@code producer-metrics}
 * @param name the figure, such as {@code record-send-total}; a name that ends in {@code -total}
 *     only grows
 * @param description a sentence for a person; may be empty
 * @param tags what it is about, such as {@code client-id} and {@code topic}
 * @param value the figure now; may be NaN before the first measurement
 */
public record ClientMetric(
    String group, String name, String description, Map<String, String> tags, double value) {
  /** Copies the tags. */
  public ClientMetric {
    tags = Map.copyOf(tags);
  }

  /** All figures of a client that are numbers. */
  static List<ClientMetric> of(Map<?, ? extends Metric> metrics) {
    return metrics.values().stream().flatMap(ClientMetric::of).toList();
  }

  private static Stream<ClientMetric> of(Metric metric) {
    var about = metric.metricName();
    return metric.metricValue() instanceof Number number
        ? Stream.of(
            new ClientMetric(
                about.group(),
                about.name(),
                about.description(),
                about.tags(),
                number.doubleValue()))
        : Stream.empty();
  }
}
