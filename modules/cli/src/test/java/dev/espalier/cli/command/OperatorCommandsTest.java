package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.Fixtures;
import dev.espalier.cli.session.History;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.kafka.Commit;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Drains;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.PlannerLog;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a person does to a fleet, each on topics of its own of one log. */
class OperatorCommandsTest {
  private static final OutcomePublished GIVEN_UP =
      new OutcomePublished(
          Instant.parse("2026-01-01T12:00:00Z"),
          Fixtures.ID,
          Fixtures.GRAPH.nodes().getFirst().id(),
          3,
          "planner",
          new Outcome.Failed(new Failure.Diverged("expected a finite loss, got NaN")));

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private static Path folder;
  private static Optional<EmbeddedBroker> broker = Optional.empty();

  private Connection log = Connection.to("nowhere:1");

  @BeforeAll
  static void startBroker() {
    broker = Optional.of(EmbeddedBroker.start(folder.resolve("kafka")));
  }

  @AfterAll
  static void stopBroker() {
    broker.ifPresent(EmbeddedBroker::close);
  }

  @BeforeEach
  void createTopics(TestInfo test) {
    String prefix = test.getTestMethod().orElseThrow().getName();
    log = broker.orElseThrow().connection().withPrefix(prefix);
    Topics.ensure(log, Sharing.STANDARD);
  }

  private record Ran(int exitCode, String said) {}

  private Ran run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--kafka", log.bootstrap(), "--prefix", log.prefix()));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    int exitCode = Commands.run(all.toArray(String[]::new), both, both);
    return new Ran(exitCode, said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatWasGivenUpIsListedShownAndDropped() {
    assertThat(run("dlq")).isEqualTo(new Ran(Exit.OK, "no dead letters\n"));
    try (PlannerLog planner = PlannerLog.open(log)) {
      assertThat(planner.publish(List.of(GIVEN_UP))).isEqualTo(new Commit.Committed());
    }

    assertThat(run("dlq", "list").said())
        .contains("attempt 3", "expected a finite loss, got NaN")
        .contains(GIVEN_UP.task().digest().brief());
    assertThat(run("dlq", "show", "0").said())
        .contains("reason: expected a finite loss, got NaN")
        .contains("\"kind\":\"diverged\"");
    assertRefused(run("dlq", "requeue", "0"), "expected the study");
    assertRefused(run("dlq", "drop"), "expected the number of a dead letter");
    assertThat(run("dlq", "drop", "0")).isEqualTo(new Ran(Exit.OK, "dropped: 1\n"));
    assertThat(run("dlq")).isEqualTo(new Ran(Exit.OK, "no dead letters\n"));
  }

  @Test
  void aStudyIsPausedResumedAndCancelledByItsName() {
    Instant future = Instant.now().plusSeconds(3_600); // another machine's clock is ahead
    publish(new StudyWished(future, Fixtures.ID, "small", Fixtures.STUDY, Wish.RUN));
    String study = "small, " + Fixtures.ID + "\n";

    assertRefused(run("pause", "large"), "expected one study on the log that is large, got none");
    assertThat(run("pause", "small")).isEqualTo(new Ran(Exit.OK, "paused: " + study));
    assertThat(wished()).isEqualTo(Wish.PAUSE);
    assertThat(run("resume", Fixtures.ID.digest().brief()))
        .isEqualTo(new Ran(Exit.OK, "resumed: " + study));
    assertThat(wished()).isEqualTo(Wish.RUN);
    assertThat(run("cancel", Fixtures.ID.toString()))
        .isEqualTo(new Ran(Exit.OK, "cancelled: " + study));
    assertThat(wished()).isEqualTo(Wish.CANCEL);
    assertThat(newest().at()).isAfter(future);
  }

  @Test
  void workersAreCalledOnByNameOrAllTogether() {
    assertRefused(run("drain"), "expected names of workers or --all, got neither");
    assertRefused(run("drain", "w1", "--all"), "got both");
    try (Drains first = Drains.listen(log);
        Drains second = Drains.listen(log)) {
      assertThat(run("drain", "w0", "w1")).isEqualTo(new Ran(Exit.OK, "called on: w0, w1\n"));
      awaitCall(first, "w1");
      assertThat(run("drain", "--all")).isEqualTo(new Ran(Exit.OK, "called on: all workers\n"));
      awaitCall(first, "w1");
      awaitCall(second, "w2");
    }
    try (Drains later = Drains.listen(log)) {
      run("drain", "w1");
      assertThat(later.isCalled("w2", LIMIT)).isFalse();
    }
  }

  private static void awaitCall(Drains drains, String worker) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!drains.isCalled(worker, LIMIT)) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  private StudyWished newest() {
    return Optional.ofNullable(History.of(log).studies().get(Fixtures.ID)).orElseThrow();
  }

  private Wish wished() {
    return newest().wish();
  }

  private static void assertRefused(Ran ran, String why) {
    assertThat(ran.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(ran.said()).contains(why);
  }

  private void publish(Event... events) {
    try (Publisher publisher = Publisher.open(log, "/espalier/test")) {
      for (Event event : events) {
        publisher.publish(event);
      }
    }
  }
}
