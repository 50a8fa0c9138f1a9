package dev.espalier.cli.command;

import dev.espalier.domain.event.Budget;
import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.StudyId;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Permissions;
import dev.espalier.kafka.Publisher;
import dev.espalier.wire.CanonicalNaming;
import dev.espalier.wire.NamedStudy;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier submit}: asks a fleet for a study. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Asks the fleet of a log to carry a study out, and prints the study's digest.",
      "A study is known by its content: asked for again it goes on where it stands, and has what"
          + " failed tried again. Submitted with a larger budget, or none, it goes on where its"
          + " budget was spent."
    })
final class SubmitCommand implements Callable<Integer> {
  @Mixin private final StudyOptions study = new StudyOptions();
  @Mixin private final BudgetOptions budget = new BudgetOptions();
  @Mixin private final KafkaOptions kafka;

  @Option(
      names = "--urgent",
      description = "Its tasks come before those of studies that are not urgent.")
  private boolean urgent;

  private final PrintStream out;

  SubmitCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
  }

  @Override
  public Integer call() {
    Instant now = Clock.systemUTC().instant();
    NamedStudy named = study.pinned();
    Optional<Budget> most = budget.over(named.budget(), now);
    StudyId id = new CanonicalNaming().nameOf(named.study());
    Connection connection = kafka.connection();
    Permissions.require(connection, Duty.SUBMITTER);
    try (Publisher publisher = Publisher.open(connection, "/espalier/submit")) {
      publisher.publish(
          new StudyWished(
              now,
              id,
              named.name(),
              named.study(),
              Wish.RUN,
              urgent ? Optional.of(Priority.URGENT) : Optional.empty(),
              most));
    }
    out.println(id);
    return Exit.OK;
  }
}
