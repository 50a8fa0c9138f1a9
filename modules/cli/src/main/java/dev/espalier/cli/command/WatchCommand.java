package dev.espalier.cli.command;

import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.Studies;
import dev.espalier.cli.screen.Screen;
import dev.espalier.cli.watch.Watching;
import dev.espalier.cli.watch.Watching.Manner;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier watch}: how studies go, as they do. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows how a study goes until it is over, and leaves with the exit code for how it ended;"
          + " without a study, how all of them go.",
      "A terminal is redrawn in place; elsewhere, and with NO_COLOR set, a line is printed when"
          + " something has ended. With --json each event is a line"
          + " {\"event\":…,\"id\":…,\"data\":…}.",
      "A gateway that goes away is awaited for five minutes; nothing that happens meanwhile is"
          + " missed."
    })
final class WatchCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "STUDY",
      description = "The study's digest, or the beginning of it, or what people call it.")
  private Optional<String> study = Optional.empty();

  @Option(
      names = "--show",
      split = ",",
      paramLabel = "NAME",
      description =
          "With --json, events of the log too, such as metric.sampled, mask.published,"
              + " outcome.published, or all of them: batches of CloudEvents, of the study where one"
              + " is named.")
  private List<String> more = List.of();

  @Mixin private final GatewayOptions gateway;
  @Mixin private final JsonOption json = new JsonOption();
  private final Terminal terminal;

  WatchCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    if (!more.isEmpty() && !json.isGiven()) {
      throw RefusedException.usage("expected --json with --show, got --show alone");
    }
    try (Gateway client = gateway.open()) {
      Optional<String> id = study.map(word -> Studies.named(client, word));
      Watching watching =
          new Watching(client, id, more, manner(), terminal.out(), InstantSource.system());
      return watching.run().map(Exit::ofStatus).orElse(Exit.OK);
    }
  }

  private Manner manner() {
    if (json.isGiven()) {
      return Manner.JSON;
    }
    return Screen.isLive(terminal.environment()) ? Manner.LIVE : Manner.LINES;
  }
}
