package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.Fixtures;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.kafka.Commit;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.PlannerLog;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DlqCommandTest {
  private static final OutcomePublished GIVEN_UP =
      new OutcomePublished(
          Instant.parse("2026-01-01T12:00:00Z"),
          Fixtures.ID,
          Fixtures.GRAPH.nodes().getFirst().id(),
          3,
          "planner",
          new Outcome.Failed(new Failure.Diverged("expected a finite loss, got NaN")));

  @TempDir private Path folder;

  private record Ran(int exitCode, String said) {}

  private static Ran dlq(EmbeddedBroker broker, String... args) {
    List<String> all = new ArrayList<>(List.of("dlq"));
    all.addAll(List.of(args));
    all.addAll(List.of("--kafka", broker.connection().bootstrap()));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    int exitCode = Commands.run(all.toArray(String[]::new), both, both);
    return new Ran(exitCode, said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatWasGivenUpIsListedShownAndDropped() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      Topics.ensure(broker.connection(), Sharing.STANDARD);
      assertThat(dlq(broker)).isEqualTo(new Ran(Exit.OK, "no dead letters\n"));
      try (PlannerLog planner = PlannerLog.open(broker.connection())) {
        assertThat(planner.publish(List.of(GIVEN_UP))).isEqualTo(new Commit.Committed());
      }

      assertThat(dlq(broker, "list").said())
          .contains("attempt 3", "expected a finite loss, got NaN")
          .contains(GIVEN_UP.task().digest().brief());
      assertThat(dlq(broker, "show", "0").said())
          .contains("reason: expected a finite loss, got NaN")
          .contains("\"kind\":\"diverged\"");
      assertThat(dlq(broker, "requeue", "0"))
          .returns(Exit.USAGE, Ran::exitCode)
          .extracting(Ran::said)
          .asString()
          .contains("expected the study");
      assertThat(dlq(broker, "drop"))
          .returns(Exit.USAGE, Ran::exitCode)
          .extracting(Ran::said)
          .asString()
          .contains("expected the number of a dead letter");
      assertThat(dlq(broker, "drop", "0")).isEqualTo(new Ran(Exit.OK, "dropped: 1\n"));
      assertThat(dlq(broker)).isEqualTo(new Ran(Exit.OK, "no dead letters\n"));
    }
  }
}
