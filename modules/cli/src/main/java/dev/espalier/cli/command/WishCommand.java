package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.espalier.cli.client.Gateway;
import dev.espalier.cli.session.History;
import dev.espalier.cli.text.Printable;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Permissions;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier pause}, {@code resume} and {@code cancel}: what is to become of a study. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "pause: nothing more of the study is begun, and what is under way stops at its next step;"
          + " resume has it go on from there.",
      "cancel: the same, for good: nobody is expected to go on, and checkpoints are deleted.",
      "What another study wants too goes on in any case. What is done stays known: a study that"
          + " was cancelled begins with it when it is resumed or submitted again."
    })
final class WishCommand implements Callable<Integer> {
  /** What is wished, as a command. */
  enum Verb {
    PAUSE(Wish.PAUSE, "paused"),
    RESUME(Wish.RUN, "resumed"),
    CANCEL(Wish.CANCEL, "cancelled");

    private final Wish wish;
    private final String done;

    Verb(Wish wish, String done) {
      this.wish = wish;
      this.done = done;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final StudyName study = new StudyName();
  @Mixin private final FleetOptions fleet;
  @Mixin private final JsonOption json = new JsonOption();
  private final PrintStream out;
  private final Verb verb;

  WishCommand(Terminal terminal, Verb verb) {
    this.out = terminal.out();
    this.fleet = new FleetOptions(terminal);
    this.verb = verb;
  }

  @Override
  public Integer call() {
    JsonNode line = fleet.areOnLog() ? onLog() : byGateway();
    if (json.isGiven()) {
      JsonOption.print(out, line);
    } else {
      String name = Printable.of(line.path("name").asText());
      out.printf(Locale.ROOT, "%s: %s, %s%n", verb.done, name, line.path("id").asText());
    }
    return Exit.OK;
  }

  private JsonNode byGateway() {
    try (Gateway gateway = fleet.open()) {
      return gateway.post(study.pathOn(gateway) + "/" + verb);
    }
  }

  private JsonNode onLog() {
    Connection connection = fleet.connection();
    Permissions.require(connection, Duty.OPERATOR);
    StudyWished known = study.in(History.of(connection, Set.of(Topic.STUDIES)));
    try (Publisher publisher = Publisher.open(connection, "/espalier/" + verb)) {
      publisher.publish(known.then(after(known), verb.wish));
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", known.study().toString())
        .put("name", known.name());
  }

  /** Now, but never before the wish that is replaced, whatever this machine's clock says. */
  private static Instant after(StudyWished known) {
    Instant now = Clock.systemUTC().instant();
    return now.isAfter(known.at()) ? now : known.at().plusMillis(1);
  }
}
