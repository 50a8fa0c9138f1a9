package dev.espalier.cli.command;

import dev.espalier.cli.client.FoundStudy;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.client.GatewayArtifacts;
import dev.espalier.cli.progress.ProgressView;
import dev.espalier.cli.session.History;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Artifacts;
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
    description = {
      "Writes the report of a study so far, with its figures and masks: from what its fleet's"
          + " gateway knows, or with --kafka from the log and --store.",
      "With --json it is printed instead, as it is in report.json; by a gateway alone."
    })
final class ReportCommand implements Callable<Integer> {
  @Mixin private final StudyName study = new StudyName();
  @Mixin private final FleetOptions fleet;
  @Mixin private final JsonOption json = new JsonOption();

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes (default: studies/<12 digits of its name>).")
  private Optional<Path> folder = Optional.empty();

  private final PrintStream out;

  ReportCommand(Terminal terminal) {
    this.out = terminal.out();
    this.fleet = new FleetOptions(terminal);
  }

  @Override
  public Integer call() {
    return fleet.areOnLog() ? onLog() : byGateway();
  }

  private int byGateway() {
    try (Gateway gateway = fleet.open()) {
      String id = study.on(gateway);
      if (json.isGiven()) {
        JsonOption.print(out, gateway.get("/api/studies/" + id + "/report"));
        return Exit.OK;
      }
      FoundStudy found = FoundStudy.of(gateway, StudyId.parse(id));
      try (GatewayArtifacts artifacts = GatewayArtifacts.of(gateway)) {
        return write(found.wished(), found.standings(), artifacts);
      }
    }
  }

  private int onLog() {
    if (json.isGiven()) {
      throw RefusedException.usage("expected --json with a gateway, got --kafka");
    }
    Connection connection = fleet.connection();
    Permissions.require(connection, Duty.READER);
    Standings standings = History.of(connection);
    return write(study.in(standings), standings, store.open());
  }

  private int write(StudyWished wished, Standings standings, Artifacts artifacts) {
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
            artifacts);
    console.ended(report, false);
    return Exit.of(report);
  }
}
