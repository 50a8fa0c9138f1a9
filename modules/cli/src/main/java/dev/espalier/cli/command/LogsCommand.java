package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.watch.AttemptLog;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier logs}: what an attempt at a task wrote. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints what the newest attempt at a task wrote about its work.",
      "With --json each line is {\"at\":…,\"level\":…,\"text\":…,\"attempt\":…}."
    })
final class LogsCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "TASK",
      description = "The task's digest, or the beginning of it, see espalier tasks.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in: the parameter is required
  private String task;

  @Option(names = "--attempt", paramLabel = "N", description = "Another attempt, from 1.")
  private Optional<Integer> attempt = Optional.empty();

  @Option(
      names = "--follow",
      description = "Prints what is written from now on too, until the task has ended.")
  private boolean follow;

  @Mixin private final GatewayOptions gateway;
  @Mixin private final JsonOption json = new JsonOption();
  private final Terminal terminal;

  LogsCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    if (attempt.isPresent() && attempt.get() < 1) {
      throw RefusedException.usage("expected --attempt of at least 1, got " + attempt.get());
    }
    try (Gateway client = gateway.open()) {
      JsonNode known = client.get("/api/tasks/" + Gateway.escaped(task));
      AttemptLog log = new AttemptLog(client, known, attempt, json.isGiven(), terminal.out());
      if (follow) {
        log.follow();
      } else {
        log.print();
      }
      return Exit.OK;
    }
  }
}
