package dev.espalier.cli.command;

import dev.espalier.cli.machine.Shares;
import dev.espalier.cli.progress.ProgressView;
import dev.espalier.cli.session.Settings;
import dev.espalier.cli.session.Stop;
import dev.espalier.cli.session.StudyRun;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.StudyId;
import dev.espalier.store.Stores;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.NamedStudy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier run}: carries a study out and reports what it found. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Carries a study out on this machine and reports what it found.",
      "Stopped or killed, the same command goes on where it was; run again when finished, it"
          + " answers from the log. A second run in the same folder joins the first."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private final StudyOptions study = new StudyOptions();
  @Mixin private final BudgetOptions budget = new BudgetOptions();
  @Mixin private final MachineOptions machine = new MachineOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the report goes (default: studies/<12 digits of its name> under --work).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = ".espalier",
      description = "Where log and store are kept (default: ${DEFAULT-VALUE}).")
  private Path work = Path.of(".espalier");

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Where the page listens on this machine (default: any free port).")
  private int port;

  @Option(names = "--quiet", description = "Show no progress; print the result only.")
  private boolean quiet;

  private final PrintStream terminal;

  RunCommand(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LogFile.in(work);
    Shares shares = machine.shares();
    Settings settings = settings(shares);
    NamedStudy named = within(study.pinned());
    StudyId id = new CanonicalNaming().nameOf(named.study());
    Path folder = out.orElseGet(() -> work.resolve("studies").resolve(id.digest().brief()));
    ProgressView view = quiet ? new ProgressView.Hidden() : ProgressView.on(terminal);
    Console console =
        new Console(named.name(), id, view, terminal, quiet, folder, Stores.open(settings.store()))
            .stating(shares.toString());
    try (Stop stop = Stop.onSignals()) {
      Optional<Report> found =
          new StudyRun(named, settings, Clock.systemUTC(), stop, console).run();
      return found.map(Exit::of).orElseGet(console::interrupted);
    }
  }

  private NamedStudy within(NamedStudy named) {
    return new NamedStudy(
        named.name(), named.study(), budget.over(named.budget(), Clock.systemUTC().instant()));
  }

  private Settings settings(Shares shares) {
    String provider = machine.provider(shares.threads());
    try {
      return new Settings(
          work,
          work.resolve(Settings.ARTIFACTS).toString(),
          shares.slots(),
          shares.threads(),
          machine.inputThreads(),
          port,
          provider,
          study.folders(),
          Settings.CHECKPOINTS);
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }
}
