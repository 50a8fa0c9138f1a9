package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.cli.client.Gateway;
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
import dev.espalier.wire.Json;
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
      "Asks a fleet to carry a study out, and prints the study's digest: through its gateway, or"
          + " with --kafka on its log.",
      "Data that --data names are looked at here, all others by the gateway.",
      "A study is known by its content: asked for again it goes on where it stands, and has what"
          + " failed tried again. Submitted with a larger budget, or none, it goes on where its"
          + " budget was spent."
    })
final class SubmitCommand implements Callable<Integer> {
  @Mixin private final StudyOptions study = new StudyOptions();
  @Mixin private final BudgetOptions budget = new BudgetOptions();
  @Mixin private final FleetOptions fleet;
  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--urgent",
      description = "Its tasks come before those of studies that are not urgent.")
  private boolean urgent;

  private final PrintStream out;

  SubmitCommand(Terminal terminal) {
    this.out = terminal.out();
    this.fleet = new FleetOptions(terminal);
  }

  @Override
  public Integer call() {
    JsonNode answer = fleet.areOnLog() ? onLog() : byGateway();
    if (json.isGiven()) {
      JsonOption.print(out, answer);
    } else {
      out.println(answer.path("id").asText());
    }
    return Exit.OK;
  }

  private JsonNode byGateway() {
    NamedStudy named = study.pinnedHere();
    Optional<Budget> most = budget.over(named.budget(), Clock.systemUTC().instant());
    ObjectNode body = (ObjectNode) Json.tree(named.study());
    body.put("name", named.name());
    most.ifPresent(limit -> body.set("budget", Json.tree(limit)));
    try (Gateway gateway = fleet.open()) {
      return gateway.post("/api/studies" + (urgent ? "?priority=urgent" : ""), Json.write(body));
    }
  }

  private JsonNode onLog() {
    Instant now = Clock.systemUTC().instant();
    NamedStudy named = study.pinned();
    Optional<Budget> most = budget.over(named.budget(), now);
    StudyId id = new CanonicalNaming().nameOf(named.study());
    Connection connection = fleet.connection();
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
    return JsonNodeFactory.instance.objectNode().put("id", id.toString());
  }
}
