package dev.espalier.cli.command;

import dev.espalier.cli.machine.Capacity;
import dev.espalier.cli.machine.Shares;
import dev.espalier.cli.progress.ProgressView;
import dev.espalier.cli.session.Settings;
import dev.espalier.cli.session.Stop;
import dev.espalier.cli.session.StudyRun;
import dev.espalier.compute.Providers;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.StudyId;
import dev.espalier.store.FileArtifacts;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.NamedStudy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
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
      names = "--slots",
      paramLabel = "N",
      description = "Tasks computed side by side (default: as many as there are cores for them).")
  private Optional<Integer> slots = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of each (default: 1, with which a machine computes the most). They decide the"
              + " last bits of every figure.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--input-threads",
      paramLabel = "N",
      description =
          "Threads of a slot that make images ready ahead of it (default: 1). No result depends on"
              + " it.")
  private int inputThreads = 1;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Where the page listens on this machine (default: any free port).")
  private int port;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "What computes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ProviderName provider = ProviderName.ONEDNN;

  @Option(names = "--quiet", description = "Show no progress; print the result only.")
  private boolean quiet;

  /** The kernel providers. */
  private enum ProviderName {
    ONEDNN,
    ND4J;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final PrintStream terminal;

  RunCommand(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LogFile.in(work);
    Shares shares = shares();
    Settings settings = settings(shares);
    NamedStudy named = study.pinned();
    StudyId id = new CanonicalNaming().nameOf(named.study());
    Path folder = out.orElseGet(() -> work.resolve("studies").resolve(id.digest().brief()));
    ProgressView view = quiet ? new ProgressView.Hidden() : ProgressView.on(terminal);
    Console console =
        new Console(
                named.name(), id, view, terminal, quiet, folder, FileArtifacts.in(settings.store()))
            .stating(shares.toString());
    try (Stop stop = Stop.onSignals()) {
      Optional<Report> found =
          new StudyRun(named, settings, Clock.systemUTC(), stop, console).run();
      return found.map(RunCommand::exitCode).orElseGet(console::interrupted);
    }
  }

  private Shares shares() {
    try {
      return Shares.of(Capacity.here(), optional(slots), optional(threads));
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }

  private static OptionalInt optional(Optional<Integer> number) {
    return number.stream().mapToInt(Integer::intValue).findFirst();
  }

  private Settings settings(Shares shares) {
    try {
      Providers.named(provider.toString(), shares.threads()); // or refuses before anything begins
      return new Settings(
          work,
          shares.slots(),
          shares.threads(),
          inputThreads,
          port,
          provider.toString(),
          study.folders());
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    } catch (UnsupportedOperationException e) {
      throw RefusedException.environment(e);
    }
  }

  private static int exitCode(Report report) {
    return report.isComplete() ? Exit.OK : Exit.FAILED;
  }
}
