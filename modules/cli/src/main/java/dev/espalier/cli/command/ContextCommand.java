package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.cli.client.Contexts;
import dev.espalier.cli.client.GatewayAddress;
import dev.espalier.cli.client.Tokens;
import dev.espalier.cli.text.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier context}: the gateways that a person keeps by name. */
@Command(
    name = "context",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Gateways by name, kept in $XDG_CONFIG_HOME/espalier/contexts.yaml (else in ~/.config),"
          + " which its owner alone can read. Commands speak to the current one.",
      "list shows them, but no token; add NAME --gateway URL keeps one, with the token of"
          + " --token-file or of the environment variable "
          + GatewayOptions.TOKEN
          + "; use NAME makes one current; remove NAME forgets it."
    })
final class ContextCommand implements Callable<Integer> {
  /** What is to become of contexts. */
  enum Action {
    LIST,
    ADD,
    USE,
    REMOVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "list",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Action action = Action.LIST;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Which.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--gateway", paramLabel = "URL", description = "Where it is, for add.")
  private Optional<String> gateway = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the token that says who asks, for add; it is copied.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates in PEM that vouch for it instead of Java's own, for add.")
  private Optional<Path> authority = Optional.empty();

  @Mixin private final JsonOption json = new JsonOption();
  private final Terminal terminal;
  private final Path file;

  ContextCommand(Terminal terminal) {
    this.terminal = terminal;
    this.file = Contexts.file(terminal.environment());
  }

  @Override
  public Integer call() {
    try {
      Contexts contexts = Contexts.read(file);
      switch (action) {
        case LIST -> list(contexts);
        case ADD -> contexts.with(named(), address()).write(file);
        case USE -> contexts.using(named()).write(file);
        case REMOVE -> contexts.without(named()).write(file);
      }
      return Exit.OK;
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }

  private String named() {
    return name.orElseThrow(
        () -> RefusedException.usage("expected the name of a context behind " + action));
  }

  private GatewayAddress address() {
    String url =
        gateway.orElseThrow(() -> RefusedException.usage("expected --gateway URL behind add NAME"));
    Optional<String> token =
        tokenFile
            .map(Tokens::in)
            .or(
                () ->
                    Optional.ofNullable(terminal.environment().get(GatewayOptions.TOKEN))
                        .map(word -> Tokens.checked(word, GatewayOptions.TOKEN)));
    return GatewayAddress.parse(url)
        .withToken(token)
        .vouchedForBy(authority.map(Path::toAbsolutePath));
  }

  private void list(Contexts contexts) {
    if (json.isGiven()) {
      JsonOption.print(
          terminal.out(),
          contexts.all().entrySet().stream().map(one -> tree(contexts, one)).toList());
    } else if (contexts.all().isEmpty()) {
      terminal.out().println("no contexts");
    } else {
      List<List<String>> rows =
          contexts.all().entrySet().stream().map(one -> row(contexts, one)).toList();
      terminal.out().print(new Table(List.of("name", "gateway", "token"), rows).forTerminal());
    }
  }

  private static JsonNode tree(Contexts contexts, Map.Entry<String, GatewayAddress> one) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("name", one.getKey());
    tree.put("gateway", one.getValue().toString());
    tree.put("token", one.getValue().token().isPresent());
    tree.put("current", contexts.current().equals(Optional.of(one.getKey())));
    return tree;
  }

  private static List<String> row(Contexts contexts, Map.Entry<String, GatewayAddress> one) {
    boolean current = contexts.current().equals(Optional.of(one.getKey()));
    return List.of(
        (current ? "* " : "  ") + one.getKey(),
        one.getValue().toString(),
        one.getValue().token().isPresent() ? "kept" : "none");
  }
}
