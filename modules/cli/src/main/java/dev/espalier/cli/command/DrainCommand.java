package dev.espalier.cli.command;

import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Drains;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Permissions;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier drain}: has workers hand on what they are at, and go. */
@Command(
    name = "drain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Has workers take nothing new, leave a checkpoint of what they are at, and go, as SIGTERM"
          + " has them. Another worker goes on from there. Returns without waiting for that.",
      "A process that plays other roles too goes on with those."
    })
final class DrainCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "WORKER",
      description = "A worker, by the name that its line ready: ends with.")
  private List<String> workers = List.of();

  @Option(names = "--all", description = "All workers of the log.")
  private boolean all;

  @Mixin private final KafkaOptions kafka;
  private final PrintStream out;

  DrainCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
  }

  @Override
  public Integer call() {
    if (workers.isEmpty() != all) {
      throw RefusedException.usage("expected names of workers or --all, got %s".formatted(given()));
    }
    Connection connection = kafka.connection();
    Permissions.require(connection, Duty.OPERATOR);
    List<String> names = all ? List.of(Drains.EVERYBODY) : workers;
    names.forEach(name -> Drains.call(connection, name, Clock.systemUTC()));
    out.println("called on: " + (all ? "all workers" : String.join(", ", workers)));
    return Exit.OK;
  }

  private String given() {
    return all ? "both" : "neither";
  }
}
