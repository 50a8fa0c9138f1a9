package dev.espalier.cli.command;

import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Grant;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier acls}: what a broker that checks must allow. */
@Command(
    name = "acls",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints the least that the principal of a role must be allowed on the log, as lines of"
          + " Kafka's kafka-acls.sh. Asks no broker."
    })
final class AclsCommand implements Callable<Integer> {
  @Option(
      names = "--role",
      paramLabel = "NAME",
      description = "Which: ${COMPLETION-CANDIDATES} (default: all).")
  private Optional<Duty> role = Optional.empty();

  @Option(
      names = "--principal",
      paramLabel = "P",
      description = "Who plays it, such as User:worker-7 (default: User: and the role's name).")
  private Optional<String> principal = Optional.empty();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "HOST:PORT",
      description = "The broker that the lines name.")
  private String bootstrap = "HOST:PORT";

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      defaultValue = Connection.PREFIX,
      description = "What all topics and groups begin with (default: ${DEFAULT-VALUE}).")
  private String prefix = Connection.PREFIX;

  private final PrintStream out;

  AclsCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    for (Duty duty : role.map(List::of).orElse(List.of(Duty.values()))) {
      out.println("# " + duty);
      for (Grant grant : duty.grants(connection())) {
        out.println(grant.line(bootstrap, principal.orElse("User:" + duty)));
      }
    }
    return Exit.OK;
  }

  private Connection connection() {
    try {
      return Connection.to(bootstrap).withPrefix(prefix);
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }
}
