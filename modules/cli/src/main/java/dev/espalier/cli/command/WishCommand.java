package dev.espalier.cli.command;

import dev.espalier.cli.session.History;
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

  @Mixin private final StudyOnLog study = new StudyOnLog();
  @Mixin private final KafkaOptions kafka;
  private final PrintStream out;
  private final Verb verb;

  WishCommand(PrintStream out, PrintStream err, Verb verb) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
    this.verb = verb;
  }

  @Override
  public Integer call() {
    Connection connection = kafka.connection();
    Permissions.require(connection, Duty.OPERATOR);
    StudyWished known = study.in(History.of(connection, Set.of(Topic.STUDIES)));
    try (Publisher publisher = Publisher.open(connection, "/espalier/" + verb)) {
      publisher.publish(known.then(after(known), verb.wish));
    }
    out.printf(Locale.ROOT, "%s: %s, %s%n", verb.done, known.name(), known.study());
    return Exit.OK;
  }

  /** Now, but never before the wish that is replaced, whatever this machine's clock says. */
  private static Instant after(StudyWished known) {
    Instant now = Clock.systemUTC().instant();
    return now.isAfter(known.at()) ? now : known.at().plusMillis(1);
  }
}
