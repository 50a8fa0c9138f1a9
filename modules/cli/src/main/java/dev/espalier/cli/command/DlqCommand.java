package dev.espalier.cli.command;

import dev.espalier.cli.text.Table;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.DeadLetter;
import dev.espalier.kafka.DeadLetterBox;
import dev.espalier.kafka.Duty;
import dev.espalier.kafka.Permissions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier dlq}: what nobody could read, and the tasks that were given up. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Dead letters: records that nobody could read, and tasks that were given up.",
      "list shows them, show prints one whole, requeue has it tried again, drop leaves it be.",
      "A task is requeued by wishing for its study again: all of the study that failed is tried."
    })
final class DlqCommand implements Callable<Integer> {
  /** What is to become of dead letters. */
  enum Action {
    LIST,
    SHOW,
    REQUEUE,
    DROP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "list",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NUMBER",
      description = "Which letter, by the number that list gives it.")
  private Optional<Long> number = Optional.empty();

  @Mixin private final KafkaOptions kafka;
  private final PrintStream out;

  DlqCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.kafka = new KafkaOptions(err);
  }

  @Override
  public Integer call() {
    Connection connection = kafka.connection();
    Permissions.require(connection, Duty.OPERATOR);
    try (DeadLetterBox box = DeadLetterBox.open(connection, Clock.systemUTC())) {
      switch (action) {
        case LIST -> list(box.letters());
        case SHOW -> show(box);
        case REQUEUE -> out.printf(Locale.ROOT, "requeued: %d%n", box.requeue(numbered()));
        case DROP -> drop(box);
      }
      return Exit.OK;
    } catch (IllegalArgumentException e) {
      throw RefusedException.usage(e);
    }
  }

  private long numbered() {
    return number.orElseThrow(
        () ->
            RefusedException.usage(
                "expected the number of a dead letter behind " + action + ", see espalier dlq"));
  }

  private void list(List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      out.println("no dead letters");
      return;
    }
    List<List<String>> rows = letters.stream().map(DlqCommand::row).toList();
    out.print(new Table(List.of("number", "since", "what", "reason"), rows).forTerminal());
  }

  private static List<String> row(DeadLetter letter) {
    return List.of(
        Long.toString(letter.number()),
        letter.at().truncatedTo(ChronoUnit.SECONDS).toString(),
        letter.task().map(DlqCommand::task).orElseGet(letter::origin),
        letter.reason());
  }

  private static String task(OutcomePublished ended) {
    return "task " + ended.task().digest().brief() + ", attempt " + ended.attempt();
  }

  private void show(DeadLetterBox box) {
    long wanted = numbered();
    String content = new String(box.content(wanted), StandardCharsets.UTF_8);
    box.letters().stream()
        .filter(letter -> letter.number() == wanted)
        .forEach(
            letter -> {
              out.printf(Locale.ROOT, "since:  %s%n", letter.at());
              out.printf(Locale.ROOT, "from:   %s%n", letter.origin());
              out.printf(Locale.ROOT, "reason: %s%n", letter.reason());
            });
    out.println(content);
  }

  private void drop(DeadLetterBox box) {
    box.drop(numbered());
    out.println("dropped: 1");
  }
}
