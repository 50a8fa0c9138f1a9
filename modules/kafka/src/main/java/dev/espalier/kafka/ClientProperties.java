package dev.espalier.kafka;

import dev.espalier.wire.Nearest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What a person tells the clients of the log, above all how they prove who they are: from a file of
 * Java properties, and from variables of the environment, which count more.
 *
 * <p>No message of this class holds a value: it may be a password.
 */
public final class ClientProperties {
  /**
   * What a variable begins with that gives one property. The rest is the property's name in upper
   * case with {@code _} for each dot: {@code ESPALIER_KAFKA_SECURITY_PROTOCOL} is {@code
   * security.protocol}.
   */
  public static final String VARIABLES = "ESPALIER_KAFKA_";

  /** The variable that names the file. */
  public static final String FILE = VARIABLES + "CONFIG";

  /**
   * Variables that Kubernetes sets in every container beside a service that is called {@code
   * espalier-kafka}.
   */
  private static final Set<String> FOREIGN = Set.of(VARIABLES + "PORT", VARIABLES + "SERVICE_");

  /** What the clients of Espalier rely on. */
  private static final Set<String> OWN =
      Set.of(
          "acks",
          "auto.offset.reset",
          "bootstrap.servers",
          "client.id",
          "enable.auto.commit",
          "enable.idempotence",
          "enable.metrics.push",
          "group.id",
          "group.instance.id",
          "group.protocol",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "linger.ms",
          "max.poll.interval.ms",
          "max.poll.records",
          "share.acknowledgement.mode",
          "share.acquire.mode",
          "transaction.timeout.ms",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  /** Secret to Kafka, but shown to everybody in each handshake. */
  private static final Set<String> CERTIFICATES =
      Set.of("ssl.keystore.certificate.chain", "ssl.truststore.certificates");

  private static final Map<String, ConfigDef.Type> KNOWN = known();

  private static final int SHORTEST_SECRET = 3;

  private ClientProperties() {}

  private static Map<String, ConfigDef.Type> known() {
    Map<String, ConfigDef.Type> known = new TreeMap<>();
    Stream.of(AdminClientConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef())
        .flatMap(definition -> definition.configKeys().values().stream())
        .filter(key -> !OWN.contains(key.name))
        .forEach(key -> known.put(key.name, key.type));
    return Map.copyOf(known);
  }

  /**
   * Reads them.
   *
   * @param file the file; absent for the one that {@link #FILE} names, if any
   * @param environment the variables of the process
   * @param warnings told what a person should mend, though it works
   * @return values by name, to be given to a {@link Connection}
   * @throws IllegalArgumentException when the file cannot be read, or a property is none of Kafka's
   *     clients or is Espalier's own affair
   */
  public static Map<String, String> read(
      Optional<Path> file, Map<String, String> environment, Consumer<String> warnings) {
    Map<String, String> properties = new HashMap<>();
    file.or(() -> Optional.ofNullable(environment.get(FILE)).map(Path::of))
        .ifPresent(given -> properties.putAll(fromFile(given, warnings)));
    properties.putAll(fromVariables(environment));
    return properties;
  }

  private static Map<String, String> fromFile(Path file, Consumer<String> warnings) {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("expected client properties, and there is no " + file, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a file of client properties in UTF-8 that can be read, got %s (%s)"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    Map<String, String> properties = new HashMap<>();
    for (String name : new TreeSet<>(read.stringPropertyNames())) {
      require(name, KNOWN.keySet(), name + " in " + file);
      properties.put(name, read.getProperty(name).strip());
    }
    if (properties.keySet().stream().anyMatch(ClientProperties::isSecret) && isOpen(file)) {
      warnings.accept(
          "%s holds passwords or keys, and every user of this machine can read it: chmod 600 %1$s"
              .formatted(file));
    }
    return properties;
  }

  private static boolean isOpen(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // where there are no such permissions, there is nothing to say of them
    }
  }

  private static Map<String, String> fromVariables(Map<String, String> environment) {
    Map<String, String> names =
        KNOWN.keySet().stream()
            .collect(Collectors.toMap(ClientProperties::variableOf, name -> name));
    Map<String, String> properties = new HashMap<>();
    for (String variable : new TreeSet<>(environment.keySet())) {
      if (isMeant(variable)) {
        require(variable, names.keySet(), "the environment variable " + variable);
        properties.put(names.getOrDefault(variable, ""), environment.getOrDefault(variable, ""));
      }
    }
    return properties;
  }

  private static boolean isMeant(String variable) {
    return variable.startsWith(VARIABLES)
        && !variable.equals(FILE)
        && FOREIGN.stream().noneMatch(variable::startsWith);
  }

  private static String variableOf(String name) {
    return VARIABLES + name.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static void require(String name, Set<String> known, String place) {
    if (known.contains(name)) {
      return;
    }
    if (OWN.contains(name)
        || OWN.stream().map(ClientProperties::variableOf).anyMatch(name::equals)) {
      throw new IllegalArgumentException(
          "expected no %s: Espalier sets that property itself".formatted(place));
    }
    throw new IllegalArgumentException(
        "expected a property of Kafka's clients, got %s%s"
            .formatted(
                place,
                Nearest.to(name, known)
                    .map(nearest -> "; did you mean " + nearest + "?")
                    .orElse("")));
  }

  /** Whether the value of the property {@code name} is nobody's business. */
  static boolean isSecret(String name) {
    return KNOWN.get(name) == ConfigDef.Type.PASSWORD && !CERTIFICATES.contains(name);
  }

  /**
   * {@code text} without the words of secret properties: Kafka repeats some when they are misspelt.
   * The first word is a class where there are several.
   */
  static String hideSecrets(Map<String, String> properties, String text) {
    String hidden = text;
    for (String name : new TreeSet<>(properties.keySet())) {
      String value = isSecret(name) ? properties.getOrDefault(name, "") : "";
      List<String> words = List.of(value.split("[\\s\"'=;]+", -1));
      for (String word : words.subList(words.size() > 1 ? 1 : 0, words.size())) {
        hidden = word.length() < SHORTEST_SECRET ? hidden : hidden.replace(word, "[hidden]");
      }
    }
    return hidden;
  }
}
