package dev.espalier.cli.command;

import dev.espalier.cli.client.Contexts;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.GatewayAddress;
import dev.espalier.cli.client.Tokens;
import dev.espalier.cli.session.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which gateway is spoken to, and how. */
final class GatewayOptions {
  static final String GATEWAY = "ESPALIER_GATEWAY";
  static final String TOKEN = "ESPALIER_TOKEN";

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = {
        "The gateway, such as http://127.0.0.1:8080. Unless given: that of --context, of the"
            + " environment variable "
            + GATEWAY
            + ", of the current context (see espalier context), or of the process that works in"
            + " this folder."
      })
  private Optional<String> gateway = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The gateway that is kept under this name.")
  private Optional<String> context = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Holds the token that says who asks (default: the environment variable "
              + TOKEN
              + ", or the context's).")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates in PEM that vouch for the gateway instead of Java's own.")
  private Optional<Path> authority = Optional.empty();

  private final PrintStream err;
  private final Map<String, String> environment;

  GatewayOptions(Terminal terminal) {
    this.err = terminal.err();
    this.environment = terminal.environment();
  }

  /** Whether the command line says which. */
  boolean isGiven() {
    return gateway.isPresent() || context.isPresent();
  }

  /**
   * A client of it; whoever opens it closes it.
   *
   * @throws RefusedException when none is named, or not rightly
   */
  Gateway open() {
    try {
      GatewayAddress address = address();
      if (address.token().isPresent() && address.isOpenToOthers()) {
        err.println("espalier: the token goes to " + address + " without encryption");
      }
      return Gateway.at(address);
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }

  private GatewayAddress address() {
    GatewayAddress known = known();
    Optional<String> token =
        tokenFile
            .map(Tokens::in)
            .or(() -> variable(TOKEN).map(word -> Tokens.checked(word, TOKEN)))
            .or(known::token);
    return known.withToken(token).vouchedForBy(authority.or(known::authority));
  }

  /** A context's token is for the context's gateway alone. */
  private GatewayAddress known() {
    if (gateway.isPresent() && context.isPresent()) {
      throw RefusedException.usage("expected --gateway or --context, got both");
    }
    if (context.isPresent()) {
      return contexts().named(context.get());
    }
    return gateway
        .or(() -> variable(GATEWAY))
        .map(GatewayAddress::parse)
        .or(() -> contexts().current().map(contexts()::named))
        .or(GatewayOptions::besides)
        .orElseThrow(
            () ->
                RefusedException.usage(
                    ("expected a gateway, got none: --gateway URL, the environment variable %s,"
                            + " espalier context add, or espalier up in this folder")
                        .formatted(GATEWAY)));
  }

  private Contexts contexts() {
    return Contexts.read(Contexts.file(environment));
  }

  /** That of the process that works in this folder: never one that a strange folder leads to. */
  private static Optional<GatewayAddress> besides() {
    Path page = Settings.page(Path.of(Settings.WORK));
    try {
      return Files.exists(page)
          ? Optional.of(GatewayAddress.parse(Files.readString(page).strip()))
              .filter(GatewayAddress::isHere)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
  }
}
