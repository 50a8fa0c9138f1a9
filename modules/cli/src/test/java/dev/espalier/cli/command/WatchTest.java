package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.cli.Fixtures;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A study is watched while it goes on; its events are what tests say. */
class WatchTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<Node> NODES = Fixtures.GRAPH.nodes();

  @TempDir private static Path kept;
  private static Optional<EmbeddedBroker> broker = Optional.empty();

  @TempDir private Path folder;
  private Optional<ServedFleet> served = Optional.empty();
  private final Heard out = new Heard();
  private final Heard err = new Heard();

  @BeforeAll
  static void startBroker() {
    broker = Optional.of(EmbeddedBroker.start(kept.resolve("kafka")));
  }

  @AfterAll
  static void stopBroker() {
    broker.ifPresent(EmbeddedBroker::close);
  }

  @BeforeEach
  void serve(TestInfo test) throws InterruptedException {
    String prefix = test.getTestMethod().orElseThrow().getName();
    Connection log = broker.orElseThrow().connection().withPrefix(prefix);
    served = Optional.of(ServedFleet.on(log, folder));
    fleet().wish("watched", Fixtures.STUDY, Wish.RUN);
  }

  @AfterEach
  void stop() {
    fleet().close();
  }

  private ServedFleet fleet() {
    return served.orElseThrow();
  }

  /** What was printed so far, which others wait for. */
  private static final class Heard extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean hungUp;

    @Override
    public synchronized void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] some, int from, int count) throws IOException {
      if (hungUp) {
        throw new IOException("nobody reads");
      }
      bytes.write(some, from, count);
      notifyAll();
    }

    synchronized void hangUp() {
      hungUp = true;
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    synchronized void await(String text) throws InterruptedException {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!text().contains(text)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertThat(left).as("waited for \"%s\" in:%n%s", text, text()).isPositive();
        wait(left);
      }
    }
  }

  private CompletableFuture<Integer> watch(String... args) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(
                "HOME", folder.toString(), GatewayOptions.GATEWAY, fleet().address().toString()));
    return CompletableFuture.supplyAsync(() -> Commands.run(args, terminal));
  }

  private void finish(Node node) {
    fleet().publish(Fixtures.endOf(node).toArray(Event[]::new));
  }

  @Test
  void aStudyIsWatchedInLinesUntilItIsCompleted() throws Exception {
    CompletableFuture<Integer> exit = watch("watch", "watched");
    out.await("waiting, 0 of 18 rounds, 0 of 72 tasks");

    NODES.forEach(this::finish);

    assertThat(exit.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Exit.OK);
    assertThat(out.text())
        .contains("status:    completed, 18 of 18 rounds, 72 of 72 tasks")
        .contains("accuracy in % at density")
        .doesNotContain("\u001b");
    assertThat(err.text()).isEmpty();
  }

  @Test
  void aStudyThatFailsIsToldOfByTheExitCode() throws Exception {
    CompletableFuture<Integer> exit = watch("watch", Fixtures.ID.digest().brief());
    out.await("0 of 72 tasks");
    for (Node node : NODES) {
      if (node.task().parents().isEmpty()) {
        fleet().publish(failed(node));
      }
    }

    assertThat(exit.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Exit.FAILED);
    assertThat(out.text()).contains("failed: ", "expected a finite loss\ufffd[31m, got NaN");
  }

  /** With a word in it that would steer a terminal. */
  private static OutcomePublished failed(Node node) {
    return new OutcomePublished(
        Instant.now(),
        Fixtures.ID,
        node.id(),
        1,
        "w",
        new Outcome.Failed(new Failure.Diverged("expected a finite loss\u001b[31m, got NaN")));
  }

  @Test
  void noEventOfTheLogIsMissedOrToldTwiceOverARestart() throws Exception {
    CompletableFuture<Integer> exit =
        watch("watch", "watched", "--json", "--show", "outcome.published");
    out.await("\"completed\":0,");
    NODES.stream().limit(20).forEach(this::finish);
    out.await(NODES.get(19).id() + "\",\"time\"");
    fleet().publish(running(NODES.get(20)));
    out.await("\"loss\":0.25");
    URI address = fleet().address();
    fleet().leave();
    NODES.stream().skip(20).limit(20).forEach(this::finish);
    fleet().comeBack(address);
    NODES.stream().skip(40).forEach(this::finish);

    assertThat(exit.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Exit.OK);
    List<String> lines = out.text().lines().toList();
    assertThat(json(lines.getLast()).at("/data/line/completed").asInt()).isEqualTo(72);
    List<String> told = new ArrayList<>();
    for (String line : lines) {
      if (json(line).path("event").asText().equals("events")) {
        json(line).path("data").forEach(one -> told.add(one.at("/data/task").asText()));
      }
    }
    assertThat(told)
        .doesNotHaveDuplicates()
        .isSubsetOf(NODES.stream().map(node -> node.id().toString()).toList())
        .containsAll(NODES.stream().limit(40).map(node -> node.id().toString()).toList());
  }

  private static AttemptReported running(Node node) {
    return new AttemptReported(
        Instant.now(),
        Fixtures.ID,
        node.id(),
        1,
        "w",
        Phase.RUNNING,
        new Progress(5, 10, 0, 2, 100, 0.25),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void allStudiesAreWatchedUntilNobodyReadsOn() throws Exception {
    CompletableFuture<Integer> exit = watch("watch");
    out.await("watched " + Fixtures.ID.digest().brief() + ": waiting");
    URI address = fleet().address();
    fleet().leave();
    out.await("the gateway is away");
    assertThat(exit).isNotDone();

    out.hangUp();
    fleet().comeBack(address);

    assertThat(exit.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Exit.OK);
  }

  private static JsonNode json(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
