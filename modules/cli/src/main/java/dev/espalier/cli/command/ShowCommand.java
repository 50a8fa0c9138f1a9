package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.screen.StudyText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier show}: a study as it stands. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows a study: how far it is, its curves, what is worked on, what failed.")
final class ShowCommand implements Callable<Integer> {
  @Mixin private final StudyName study = new StudyName();
  @Mixin private final GatewayOptions gateway;
  @Mixin private final JsonOption json = new JsonOption();
  private final Terminal terminal;

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    try (Gateway client = gateway.open()) {
      JsonNode whole = client.get(study.pathOn(client));
      if (json.isGiven()) {
        JsonOption.print(terminal.out(), whole);
      } else {
        terminal.print(StudyText.whole(whole));
      }
      return Exit.OK;
    }
  }
}
