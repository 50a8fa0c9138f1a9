package dev.espalier.cli.command;

import dev.espalier.cli.client.GatewayException;
import dev.espalier.cli.command.WishCommand.Verb;
import dev.espalier.cli.session.Part;
import dev.espalier.cli.text.Printable;
import dev.espalier.kafka.LogException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
  /** The command that needs to know all others. */
  private static final String ALL = "completion";

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
    return line(args, terminal).execute(args);
  }

  /** What takes {@code args} apart, and carries them out. */
  static CommandLine line(String[] args, Terminal terminal) {
    PrintStream out = terminal.out();
    PrintStream err = terminal.err();
    CommandLine line = new CommandLine(new Commands());
    add(line, args, terminal);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(Commands::runLast);
    line.setExecutionExceptionHandler((e, failed, parsed) -> explain(e, err));
    return line;
  }

  /** Adds the command that is meant, or all: to read the options of each takes its time. */
  private static void add(CommandLine line, String[] args, Terminal terminal) {
    Map<String, Supplier<Object>> all = all(terminal);
    Optional<String> meant =
        Stream.of(args).findFirst().filter(all::containsKey).filter(name -> !name.equals(ALL));
    all.forEach(
        (name, command) -> {
          if (meant.isEmpty() || meant.get().equals(name)) {
            line.addSubcommand(name, command.get());
          }
        });
  }

  private static Map<String, Supplier<Object>> all(Terminal terminal) {
    PrintStream out = terminal.out();
    PrintStream err = terminal.err();
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("run", () -> new RunCommand(out));
    all.put("validate", () -> new ValidateCommand(out));
    all.put("presets", () -> new PresetsCommand(out));
    all.put("bench", () -> new BenchCommand(out));
    all.put("up", () -> new UpCommand(out, err, Set.of()));
    all.putAll(clients(terminal));
    all.put("broker", () -> new BrokerCommand(out, err));
    all.put("topics", () -> new TopicsCommand(out, err));
    all.put("acls", () -> new AclsCommand(out));
    all.put("dlq", () -> new DlqCommand(out, err));
    all.put("drain", () -> new DrainCommand(out, err));
    all.put("gc", () -> new GcCommand(out, err));
    all.put("verify", () -> new VerifyCommand(out, err));
    for (Part part : List.of(Part.PLANNER, Part.WORKER, Part.AGGREGATOR, Part.GATEWAY)) {
      all.put(part.toString(), () -> new UpCommand(out, err, Set.of(part)));
    }
    return all;
  }

  /** Those that speak to a gateway. */
  private static Map<String, Supplier<Object>> clients(Terminal terminal) {
    Map<String, Supplier<Object>> clients = new LinkedHashMap<>();
    clients.put("submit", () -> new SubmitCommand(terminal));
    clients.put("studies", () -> new StudiesCommand(terminal));
    clients.put("show", () -> new ShowCommand(terminal));
    clients.put("watch", () -> new WatchCommand(terminal));
    clients.put("tasks", () -> new TasksCommand(terminal));
    clients.put("logs", () -> new LogsCommand(terminal));
    for (Verb verb : Verb.values()) {
      clients.put(verb.toString(), () -> new WishCommand(terminal, verb));
    }
    clients.put("masks", () -> new MasksCommand(terminal));
    clients.put("compare", () -> new CompareCommand(terminal));
    clients.put("report", () -> new ReportCommand(terminal));
    clients.put("triggers", () -> new TriggersCommand(terminal));
    clients.put("open", () -> new OpenCommand(terminal));
    clients.put("context", () -> new ContextCommand(terminal));
    clients.put(ALL, () -> new CompletionCommand(terminal));
    return clients;
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
