package dev.espalier.fleet.meter;

import dev.espalier.kafka.ClientMetric;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Shows the figures that clients of the log keep about themselves, as {@code
 * kafka_<family>_<name>}. Clients come and go, and their figures with them, so {@link #refresh} is
 * called before each look.
 */
public final class ClientMeters {
  private static final String TOTAL = "-total";
  private static final String FAMILY = "-metrics";

  private final MeterRegistry registry;
  private final Map<String, Supplier<List<ClientMetric>>> clients = new ConcurrentHashMap<>();
  private final Map<Key, Meter> shown = new HashMap<>();
  private volatile Map<Key, ClientMetric> newest = Map.of();

  /** What a figure is known by. */
  private record Key(String group, String name, Map<String, String> tags) {}

  /** Shows figures in {@code registry}. */
  public ClientMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Shows what {@code client} tells from now on.
   *
   * @param client its name in this process; becomes the tag {@code client}
   */
  public void add(String client, Supplier<List<ClientMetric>> metrics) {
    clients.put(client, metrics);
  }

  /** Shows nothing of {@code client} any more. */
  public void remove(String client) {
    clients.remove(client);
  }

  /** Reads all figures; forgets those that are gone. */
  public synchronized void refresh() {
    Map<Key, ClientMetric> read = new HashMap<>();
    clients.forEach(
        (client, metrics) ->
            metrics.get().forEach(metric -> read.put(keyOf(client, metric), metric)));
    newest = Map.copyOf(read);
    Set<Key> gone = new HashSet<>(shown.keySet());
    gone.removeAll(read.keySet());
    gone.forEach(key -> Optional.ofNullable(shown.remove(key)).ifPresent(registry::remove));
    read.forEach((key, metric) -> shown.computeIfAbsent(key, fresh -> show(fresh, metric)));
  }

  /** Client ids are made anew by every process; the client's name here is not. */
  private static Key keyOf(String client, ClientMetric metric) {
    Map<String, String> tags = new TreeMap<>(metric.tags());
    tags.put("client-id", client);
    return new Key(metric.group(), metric.name(), tags);
  }

  private Meter show(Key key, ClientMetric metric) {
    String group = key.group.replace(FAMILY, "");
    String name = "kafka." + group.replace('-', '.') + "." + key.name.replace('-', '.');
    Tags tags =
        Tags.of(
            key.tags.entrySet().stream()
                .map(tag -> Tag.of(tag.getKey().replace('-', '.'), tag.getValue()))
                .toList());
    return key.name.endsWith(TOTAL)
        ? FunctionCounter.builder(name, this, meters -> meters.valueOf(key))
            .description(metric.description())
            .tags(tags)
            .register(registry)
        : Gauge.builder(name, this, meters -> meters.valueOf(key))
            .description(metric.description())
            .tags(tags)
            .register(registry);
  }

  private double valueOf(Key key) {
    return Optional.ofNullable(newest.get(key)).map(ClientMetric::value).orElse(Double.NaN);
  }
}
