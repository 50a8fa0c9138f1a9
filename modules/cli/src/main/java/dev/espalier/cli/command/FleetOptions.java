package dev.espalier.cli.command;

import dev.espalier.cli.client.Gateway;
import dev.espalier.kafka.Connection;
import picocli.CommandLine.Mixin;

/** Whether a fleet is asked through its gateway or on its log. */
final class FleetOptions {
  @Mixin private final GatewayOptions gateway;
  @Mixin private final KafkaOptions kafka;

  FleetOptions(Terminal terminal) {
    this.gateway = new GatewayOptions(terminal);
    this.kafka = new KafkaOptions(terminal.err());
  }

  /**
   * Whether the log is asked itself: {@code --kafka} says so, or the environment where no gateway
   * is named.
   *
   * @throws RefusedException when the command line names both
   */
  boolean areOnLog() {
    if (kafka.isNamed() && gateway.isGiven()) {
      throw RefusedException.usage("expected --kafka or a gateway, got both");
    }
    return kafka.isNamed() || (kafka.isGiven() && !gateway.isGiven());
  }

  /** The log. */
  Connection connection() {
    return kafka.connection();
  }

  /** A client of the gateway; whoever opens it closes it. */
  Gateway open() {
    return gateway.open();
  }
}
