package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.screen.StudyText;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier studies}: what a gateway knows of. */
@Command(
    name = "studies",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the studies of a gateway, those submitted last first.")
final class StudiesCommand implements Callable<Integer> {
  @Mixin private final GatewayOptions gateway;
  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--status",
      paramLabel = "WORD",
      description =
          "Only those that are waiting, running, paused, cancelled, \"budget spent\", completed or"
              + " failed.")
  private Optional<String> status = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Only those whose name has this in it, in letters of either case.")
  private Optional<String> name = Optional.empty();

  private final Terminal terminal;

  StudiesCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    status.ifPresent(word -> query.add("status=" + Gateway.escaped(word)));
    name.ifPresent(text -> query.add("name=" + Gateway.escaped(text)));
    try (Gateway client = gateway.open()) {
      List<JsonNode> studies = client.list("/api/studies" + query);
      if (json.isGiven()) {
        JsonOption.print(terminal.out(), studies);
      } else if (studies.isEmpty()) {
        terminal.out().println("no studies");
      } else {
        terminal.print(StudyText.table(studies));
      }
      return Exit.OK;
    }
  }
}
