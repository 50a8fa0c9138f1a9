package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientPropertiesTest {
  private static final String SECRET = "tell-nobody-1914";

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void theFileIsReadAndTheEnvironmentCountsMore() throws IOException {
    Path file = file("security.protocol=SSL\nrequest.timeout.ms = 1000 \n", "rw-r--r--");

    Map<String, String> read =
        read(
            Optional.empty(),
            Map.of(
                "ESPALIER_KAFKA_CONFIG", file.toString(),
                "ESPALIER_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "ESPALIER_KAFKA", "localhost:9092",
                "HOME", "/"));

    assertThat(read)
        .containsOnly(
            Map.entry("security.protocol", "SASL_SSL"), Map.entry("request.timeout.ms", "1000"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void aNamedFileIsReadInsteadOfTheEnvironments() throws IOException {
    Path file = file("security.protocol=SSL", "rw-------");

    assertThat(read(Optional.of(file), Map.of("ESPALIER_KAFKA_CONFIG", "/nowhere")))
        .containsOnly(Map.entry("security.protocol", "SSL"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ESPALIER_KAFKA_PORT",
        "ESPALIER_KAFKA_PORT_9092_TCP",
        "ESPALIER_KAFKA_SERVICE_HOST"
      })
  void whatKubernetesSaysOfAServiceIsNotMeant(String variable) {
    assertThat(read(Optional.empty(), Map.of(variable, "tcp://10.0.0.1:9092"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocl, security.protocol",
    "ssl.truststore.loction, ssl.truststore.location",
    "sasl.jaas.confg, sasl.jaas.config"
  })
  void anUnknownPropertyIsRefusedWithTheNearest(String wrong, String nearest) throws IOException {
    Path file = file(wrong + "=" + SECRET, "rw-------");
    String variable = "ESPALIER_KAFKA_" + wrong.toUpperCase(Locale.ROOT).replace('.', '_');

    assertThatThrownBy(() -> read(Optional.of(file), Map.of()))
        .hasMessageContaining("got " + wrong + " in " + file)
        .hasMessageContaining("did you mean " + nearest + "?")
        .hasMessageNotContaining(SECRET);
    assertThatThrownBy(() -> read(Optional.empty(), Map.of(variable, SECRET)))
        .hasMessageContaining(variable)
        .hasMessageContaining("did you mean")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acks", "group.id", "transactional.id", "bootstrap.servers"})
  void whatTheFleetReliesOnIsNotForOthersToSet(String name) throws IOException {
    Path file = file(name + "=1", "rw-------");

    assertThatThrownBy(() -> read(Optional.of(file), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Espalier sets that property itself");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(Optional.of(Path.of("nowhere.properties")), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no nowhere.properties");
  }

  @ParameterizedTest
  @CsvSource({"rw-r--r--, true", "rw-r-----, false", "rw-------, false"})
  void aPasswordThatEverybodyCanReadIsWarnedOf(String permissions, boolean warned)
      throws IOException {
    Path file = file("ssl.keystore.password=" + SECRET, permissions);

    read(Optional.of(file), Map.of());

    assertThat(warnings).hasSize(warned ? 1 : 0);
    assertThat(warnings).allMatch(said -> said.contains("chmod 600") && !said.contains(SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "ScramLoginModule password=\"%s\";",
        "ScramLoginModule required password=\"%s\"",
        "ScramLoginModule required password=%s;",
        "ScramLoginModule required username password=\"%s\";",
        "ScramLoginModule required password=\"%s\" ; ; x",
        "ScramLoginModule %s;",
        "no.such.Module required password=\"%s\";",
        "org.apache.kafka.common.security.scram.ScramLoginModule required password=\"%s;"
      })
  void credentialsThatAreMisspeltAreRefusedWithoutBeingTold(String wrong) {
    Connection log =
        new Connection(
            "127.0.0.1:9",
            Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", wrong.formatted(SECRET)),
            Connection.PREFIX);

    try (Overheard said = Overheard.ofEverything()) {
      assertThatThrownBy(() -> Backlog.open(log, Duration.ofMinutes(1)).close())
          .isInstanceOf(LogException.class)
          .hasMessageContaining("127.0.0.1:9 (SASL_SSL, SCRAM-SHA-512)")
          .satisfies(refusal -> assertThat(traceOf(refusal)).doesNotContain(SECRET));
      assertThat(said.said()).noneMatch(word -> word.contains(SECRET));
    }
    assertThat(log.toString()).doesNotContain(SECRET);
  }

  @Test
  void aKeyStoreThatCannotBeOpenedIsNamedWithoutItsPassword() {
    Map<String, String> properties = new HashMap<>();
    properties.put("security.protocol", "SSL");
    properties.put("ssl.keystore.location", folder.resolve("keys.p12").toString());
    properties.put("ssl.keystore.password", SECRET);
    Connection log = new Connection("127.0.0.1:9", properties, Connection.PREFIX);

    assertThatThrownBy(() -> Backlog.open(log, Duration.ofMinutes(1)).close())
        .isInstanceOf(LogException.class)
        .hasMessageContaining("keys.p12")
        .satisfies(refusal -> assertThat(traceOf(refusal)).doesNotContain(SECRET));
  }

  private static String traceOf(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private Map<String, String> read(Optional<Path> file, Map<String, String> environment) {
    return ClientProperties.read(file, environment, warnings::add);
  }

  private Path file(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("client.properties"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
