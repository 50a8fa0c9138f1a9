package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.screen.TaskText;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier tasks}: what a study is made of. */
@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the tasks of a study, in the order of its graph.")
final class TasksCommand implements Callable<Integer> {
  @Mixin private final StudyName study = new StudyName();
  @Mixin private final GatewayOptions gateway;
  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--state",
      paramLabel = "WORD",
      description =
          "Only those that are planned, waiting, running, preempted, completed, failed or"
              + " cancelled.")
  private Optional<String> state = Optional.empty();

  @Option(
      names = "--kind",
      paramLabel = "WORD",
      description = "Only those that prune, score, cut or evaluate.")
  private Optional<String> kind = Optional.empty();

  private final Terminal terminal;

  TasksCommand(Terminal terminal) {
    this.terminal = terminal;
    this.gateway = new GatewayOptions(terminal);
  }

  @Override
  public Integer call() {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    state.ifPresent(word -> query.add("state=" + Gateway.escaped(word)));
    kind.ifPresent(word -> query.add("kind=" + Gateway.escaped(word)));
    try (Gateway client = gateway.open()) {
      List<JsonNode> tasks = client.list(study.pathOn(client) + "/tasks" + query);
      if (json.isGiven()) {
        JsonOption.print(terminal.out(), tasks);
      } else if (tasks.isEmpty()) {
        terminal.out().println("no tasks");
      } else {
        terminal.print(TaskText.table(tasks));
      }
      return Exit.OK;
    }
  }
}
