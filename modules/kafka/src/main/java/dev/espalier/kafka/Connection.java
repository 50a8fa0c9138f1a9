package dev.espalier.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * How to reach the log.
 *
 * @param bootstrap one or more brokers, {@code host:port} separated by commas
 * @param properties further client properties, such as those of TLS and SASL; passed to every
 *     client as they are
 * @param prefix what the name of every topic and group begins with
 */
public record Connection(String bootstrap, Map<String, String> properties, String prefix) {
  /** The prefix of topics and groups unless told otherwise. */
  public static final String PREFIX = "espalier";

  /**
   * Checks the address and copies the properties.
   *
   * @throws IllegalArgumentException when the address or the prefix is blank
   */
  public Connection {
    if (bootstrap.isBlank() || prefix.isBlank()) {
      throw new IllegalArgumentException(
          "expected brokers and a prefix, got \"" + bootstrap + "\" and \"" + prefix + "\"");
    }
    properties = Map.copyOf(properties);
  }

  /** A plain connection to {@code bootstrap}. */
  public static Connection to(String bootstrap) {
    return new Connection(bootstrap, Map.of(), PREFIX);
  }

  /** The same brokers, other topics. */
  public Connection withPrefix(String other) {
    return new Connection(bootstrap, properties, other);
  }

  /** The settings of a client called {@code name}, to be added to. */
  Map<String, Object> client(String name) {
    Map<String, Object> settings = new HashMap<>();
    // Figures are asked for, not registered: a client is made for every task.
    settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    settings.putAll(properties);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, name);
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }

  /**
   * The client that {@code maker} makes of {@code settings}.
   *
   * @throws LogException when they cannot be, such as when a key store is missing
   */
  <C> C open(Map<String, Object> settings, Function<Map<String, Object>, C> maker) {
    try {
      return maker.apply(settings);
    } catch (KafkaException | IllegalArgumentException e) {
      String reason = ClientProperties.hideSecrets(properties, Reason.ofAll(e));
      // Without its cause, which may hold what was hidden.
      throw new LogException("expected to make a client of %s: %s".formatted(this, reason));
    }
  }

  /** Prefix, address and the kind of connection; properties may be secret. */
  @Override
  public String toString() {
    String protocol =
        properties.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT");
    return Optional.ofNullable(properties.get(SaslConfigs.SASL_MECHANISM))
        .filter(mechanism -> protocol.startsWith("SASL"))
        .map(mechanism -> "%s at %s (%s, %s)".formatted(prefix, bootstrap, protocol, mechanism))
        .orElseGet(() -> "%s at %s (%s)".formatted(prefix, bootstrap, protocol));
  }
}
