package dev.espalier.cli.command;

import dev.espalier.kafka.ClientProperties;
import dev.espalier.kafka.Connection;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How to reach the log of a fleet. */
final class KafkaOptions {
  private static final String BROKERS = "ESPALIER_KAFKA";

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT,…",
      description = "Brokers of the log (default: the environment variable " + BROKERS + ").")
  private Optional<String> brokers = Optional.empty();

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = {
        "Client properties such as those of TLS and SASL, in a file of Java properties (default:"
            + " the environment variable "
            + ClientProperties.FILE
            + ").",
        "Single ones may stand in the environment, and count more: "
            + ClientProperties.VARIABLES
            + "SECURITY_PROTOCOL is security.protocol, and so on."
      })
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      defaultValue = Connection.PREFIX,
      description = "What all topics and groups begin with (default: ${DEFAULT-VALUE}).")
  private String prefix = Connection.PREFIX;

  private final PrintStream err;
  private final Map<String, String> environment;

  KafkaOptions(PrintStream err) {
    this.err = err;
    this.environment = System.getenv();
  }

  /** Whether the command line names brokers. */
  boolean isNamed() {
    return brokers.isPresent();
  }

  /** Whether brokers were named, there or in the environment. */
  boolean isGiven() {
    return brokers().isPresent();
  }

  private Optional<String> brokers() {
    return brokers.or(() -> Optional.ofNullable(environment.get(BROKERS)));
  }

  /**
   * What was asked for.
   *
   * @throws RefusedException when no brokers are named, or a property is wrong
   */
  Connection connection() {
    String bootstrap =
        brokers()
            .orElseThrow(
                () ->
                    RefusedException.usage(
                        "expected --kafka HOST:PORT, or the environment variable " + BROKERS));
    try {
      Map<String, String> properties =
          ClientProperties.read(config, environment, said -> err.println("espalier: " + said));
      return new Connection(bootstrap, properties, prefix);
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }

  String prefix() {
    return prefix;
  }
}
