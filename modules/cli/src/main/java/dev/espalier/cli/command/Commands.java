package dev.espalier.cli.command;

import dev.espalier.cli.client.GatewayException;
import dev.espalier.cli.command.WishCommand.Verb;
import dev.espalier.cli.session.Part;
import dev.espalier.cli.text.Printable;
import dev.espalier.kafka.LogException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code espalier} command: what it can be asked for. */
@Command(
    name = "espalier",
    description = "Trains networks, prunes them with or without labels, and judges what is left.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      Exit.OK + ":done",
      Exit.FAILED + ":a task of the study failed; the report says which and why",
      Exit.USAGE + ":the command line or the study file is wrong",
      Exit.ENVIRONMENT
          + ":something is missing: the data, a gateway or a log that lets it in, a JDK 25, Maven",
      Exit.SPENT + ":the study's budget is spent; the report says what was found until then",
      Exit.CANCELLED + ":the study that was watched was cancelled",
      Exit.BROKEN + ":espalier itself went wrong; the log file says more",
      Exit.INTERRUPTED + ":interrupted; the same command goes on"
    })
public final class Commands {
  private Commands() {}

  /**
   * Runs the command that {@code args} spell.
   *
   * @param args as on the command line
   * @param out where answers go
   * @param err where complaints go
   * @return the exit code, see {@code --help}
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, new Terminal(out, err, System.getenv()));
  }

  /** The same in another environment. */
  static int run(String[] args, Terminal terminal) {
    PrintStream out = terminal.out();
    PrintStream err = terminal.err();
    CommandLine line = new CommandLine(new Commands());
    line.addSubcommand(new RunCommand(out))
        .addSubcommand(new ValidateCommand(out))
        .addSubcommand(new PresetsCommand(out))
        .addSubcommand(new BenchCommand(out))
        .addSubcommand(new UpCommand(out, err, Set.of()))
        .addSubcommand(new BrokerCommand(out, err))
        .addSubcommand(new TopicsCommand(out, err))
        .addSubcommand(new AclsCommand(out))
        .addSubcommand(new SubmitCommand(terminal))
        .addSubcommand(new StudiesCommand(terminal))
        .addSubcommand(new ShowCommand(terminal))
        .addSubcommand(new TasksCommand(terminal))
        .addSubcommand(new WatchCommand(terminal))
        .addSubcommand(new LogsCommand(terminal))
        .addSubcommand(new MasksCommand(terminal))
        .addSubcommand(new CompareCommand(terminal))
        .addSubcommand(new OpenCommand(terminal))
        .addSubcommand(new ContextCommand(terminal))
        .addSubcommand(new CompletionCommand(terminal))
        .addSubcommand(new ReportCommand(terminal))
        .addSubcommand(new DlqCommand(out, err))
        .addSubcommand(new DrainCommand(out, err))
        .addSubcommand(new GcCommand(out, err))
        .addSubcommand(new VerifyCommand(out, err));
    for (Part part : List.of(Part.PLANNER, Part.WORKER, Part.AGGREGATOR, Part.GATEWAY)) {
      line.addSubcommand(part.toString(), new UpCommand(out, err, Set.of(part)));
    }
    for (Verb verb : Verb.values()) {
      line.addSubcommand(verb.toString(), new WishCommand(terminal, verb));
    }
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(Commands::runLast);
    line.setExecutionExceptionHandler((e, failed, parsed) -> explain(e, err));
    return line.execute(args);
  }

  /** Without a command there is nothing to do: that is a mistake, answered with the usage. */
  private static int runLast(CommandLine.ParseResult parsed) {
    boolean asked = parsed.hasSubcommand() || parsed.isUsageHelpRequested();
    if (!asked && !parsed.isVersionHelpRequested()) {
      throw new CommandLine.ParameterException(
          parsed.commandSpec().commandLine(), "expected a command");
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int explain(Exception e, PrintStream err) {
    if (e instanceof RefusedException refused) {
      err.println("espalier: " + refused.getMessage());
      return refused.exitCode();
    }
    if (e instanceof GatewayException refusal) {
      err.println("espalier: " + Printable.of(String.valueOf(refusal.getMessage())));
      return Exit.of(refusal);
    }
    if (e instanceof LogException) {
      err.println("espalier: " + e.getMessage());
      return Exit.ENVIRONMENT;
    }
    err.printf(Locale.ROOT, "espalier: %s%n", e);
    e.printStackTrace(err);
    return Exit.BROKEN;
  }
}
