package dev.espalier.cli.command;

import dev.espalier.cli.progress.ProgressView;
import dev.espalier.cli.session.History;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Permissions;
import dev.espalier.wire.CanonicalNaming;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier report}: writes what a fleet has found for a study so far. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Writes the report of a study from what stands on the log of its fleet.")
final class ReportCommand implements Callable<Integer> {
  @Mixin private final StudyName study = new StudyName();
  @Mixin private final KafkaOptions kafka;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes (default: studies/<12 digits of its name>).")
  private Optional<Path> folder = Optional.empty();

  private final PrintStream out;

  ReportCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
  }

  @Override
  public Integer call() {
    Connection connection = kafka.connection();
    Permissions.require(connection, Duty.READER);
    Standings standings = History.of(connection);
    StudyWished wished = study.in(standings);
    TaskGraph graph = TaskGraph.of(wished.content(), new CanonicalNaming());
    Report report = Report.of(wished.study(), wished.content(), graph, standings);
    if (report.cells().isEmpty()) {
      out.printf(
          "no figure of %s is known yet; %d of %d tasks%n",
          wished.name(), report.completed(), report.tasks());
      report.spent().ifPresent(limit -> out.printf("its budget is spent (%s)%n", limit));
      return Exit.FAILED;
    }
    String brief = wished.study().digest().brief();
    Console console =
        new Console(
            wished.name(),
            wished.study(),
            new ProgressView.Hidden(),
            out,
            false,
            folder.orElseGet(() -> Path.of("studies", brief)),
            store.open());
    console.ended(report, false);
    return Exit.of(report);
  }
}
