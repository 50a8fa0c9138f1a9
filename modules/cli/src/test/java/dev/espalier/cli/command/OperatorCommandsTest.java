package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.Fixtures;
import dev.espalier.cli.session.History;
import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.Priority;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.kafka.Commit;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Drains;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.PlannerLog;
import dev.espalier.kafka.Publisher;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topics;
import dev.espalier.store.FileArtifacts;
import dev.espalier.wire.safetensors.TensorFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    publish(
        new StudyWished(
            future,
            Fixtures.ID,
            "small",
            Fixtures.STUDY,
            Wish.RUN,
            Optional.of(Priority.URGENT),
            Optional.empty()));
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
    assertThat(newest().comesFirst()).isTrue();
  }

  @Test
  void aStudyIsUrgentWhenItIsSubmittedSo() throws IOException {
    String study =
        """
        name: small
        data: {name: glyphs, train: 64, test: 32}
        network: resnet8
        training: {epochs: 1, batch: 32}
        pruning: {rounds: 1, rewind: 1it}
        """;
    String file = Files.writeString(folder.resolve("study.yaml"), study).toString();

    assertThat(run("submit", file).exitCode()).isEqualTo(Exit.OK);
    assertThat(History.of(log).studies().values()).noneMatch(StudyWished::comesFirst);
    assertThat(run("submit", file, "--urgent").exitCode()).isEqualTo(Exit.OK);
    assertThat(History.of(log).studies().values()).hasSize(1).allMatch(StudyWished::comesFirst);
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

  @Test
  void artifactsThatNobodyCanNameAreDeletedAndThoseOfAPausedTrainingStay() throws IOException {
    Path place = folder.resolve("store");
    FileArtifacts store = FileArtifacts.in(place);
    Digest rewind = old(place, store.put(new byte[] {1}));
    Digest checkpoint =
        old(
            place,
            store.put(TensorFile.of(List.of(), Map.of("rewind", rewind.toString())).bytes()));
    Digest garbage = old(place, store.put(new byte[] {2}));
    Digest young = store.put(new byte[] {3});
    String[] collect = {"gc", "--store", place.toString()};

    assertRefused(run("gc", "--grace", "5m"), "at least 1h");
    assertRefused(run(collect), "of which the log names something");
    publish(preempted(checkpoint));
    assertThat(run("gc", "--dry-run", "--grace", "36h", "--store", place.toString()).said())
        .contains(garbage.toString(), "would be deleted: 1 artifact, 1 bytes")
        .doesNotContain(rewind.toString(), young.toString());
    assertThat(store.get(garbage)).isPresent();
    assertThat(run(collect).said()).startsWith("deleted: 1 artifact, 1 bytes");
    assertThat(Stream.of(rewind, checkpoint, young)).allMatch(one -> store.get(one).isPresent());
    assertThat(store.get(garbage)).isEmpty();
  }

  @Test
  void whatATaskFoundIsTracedAndMissedWhereItIsGone() {
    Node node = Fixtures.GRAPH.nodes().getFirst();
    TaskStanding found = Fixtures.finish(Standings.EMPTY, node).task(node.id());
    String[] verify = {
      "verify", node.id().toString(), "--store", folder.resolve("bare").toString()
    };

    assertRefused(run(verify), "got none");
    publish(
        new StudyWished(Fixtures.NOON, Fixtures.ID, "small", Fixtures.STUDY, Wish.RUN),
        found.outcome().orElseThrow(),
        found.mask().orElseThrow());

    assertThat(run(verify))
        .returns(Exit.FAILED, Ran::exitCode)
        .extracting(Ran::said)
        .asString()
        .contains("task:     " + node.id() + ", prune", "study:    small, " + Fixtures.ID)
        .contains("attempt:  1 of slot 1, 2026-03-01T12:00:00Z", "data:     glyphs, sha256:")
        .contains("numerics: espalier 0.1.0, onednn, a processor, 1 thread")
        .contains("  WRONG  trained weights: expected", "ok     mask as published");
  }

  private static AttemptReported preempted(Digest checkpoint) {
    return new AttemptReported(
        Fixtures.NOON,
        Fixtures.ID,
        GIVEN_UP.task(),
        1,
        "w",
        Phase.PREEMPTED,
        Progress.NONE,
        Optional.of(checkpoint),
        Optional.empty());
  }

  private static Digest old(Path place, Digest digest) throws IOException {
    String hex = digest.hex();
    Path file = place.resolve("sha256").resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    return digest;
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
