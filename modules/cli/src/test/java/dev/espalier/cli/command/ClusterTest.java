package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.task.Outcome;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of one process a role: a broker, a planner, two workers. */
class ClusterTest {
  private static final Duration TURN = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String STUDY =
      """
      name: tiny
      data: {name: glyphs, train: 192, test: 64}
      network: resnet8
      seeds: [1, 2]
      objectives: [labels]
      training: {epochs: 2, batch: 32}
      pruning: {fraction: 0.5, rounds: 1, rewind: 2it}
      evaluations: [random]
      """;

  @TempDir private Path folder;
  private final List<RoleProcess> processes = new ArrayList<>();

  @AfterEach
  void stopAll() {
    processes.reversed().forEach(RoleProcess::kill);
  }

  @Test
  void aWorkerThatIsToldToStopHandsItsTaskOn() throws Exception {
    String log =
        start("broker", "--port", "0", "--dir", folder.resolve("kafka").toString())
            .ready()
            .replaceFirst(".* at ", "");
    List<String> shared = List.of("--kafka", log, "--store", folder.resolve("store").toString());
    RoleProcess planner = start(shared, "planner");
    RoleProcess first = start(shared, "worker", "--slots", "1");
    RoleProcess second = start(shared, "worker", "--slots", "1");
    assertThat(Stream.of(planner, first, second).map(RoleProcess::ready))
        .allMatch(line -> line.contains("espalier at " + log + " (PLAINTEXT)"));

    String file = study();
    CompletableFuture<String> submitted;
    String handedOn;
    try (Followed heard = new Followed(Connection.to(log))) {
      submitted = CompletableFuture.supplyAsync(() -> run("submit", file, "--kafka", log).strip());
      AttemptReported _ =
          heard.await(AttemptReported.class, word -> first.works(word.worker())).orElseThrow();
      first.stop(); // at once, while it is at a task
      AttemptReported left =
          heard
              .await(
                  AttemptReported.class,
                  word -> first.works(word.worker()) && word.phase() == Phase.PREEMPTED)
              .orElseThrow();
      OutcomePublished end =
          heard
              .await(OutcomePublished.class, ended -> ended.task().equals(left.task()))
              .orElseThrow();

      assertThat(second.works(end.worker())).isTrue();
      assertThat(end.attempt()).isGreaterThan(left.attempt());
      heard.awaitCompleted(6);
      handedOn = end.task().toString();
    }
    assertThat(first.awaitEnd()).isEqualTo(128 + 15);
    assertThat(run(report(submitted.join(), log))).contains("6 of 6 tasks");
    assertThat(run(verify(handedOn, log))).contains("1 task, all as it was found");
    assertThat(run("drain", "--all", "--kafka", log)).isEqualTo("called on: all workers\n");
    assertThat(second.awaitEnd()).isEqualTo(Exit.OK);
    assertThat(folder.resolve("out/report.json")).isNotEmptyFile();
  }

  private String[] report(String study, String log) {
    String store = folder.resolve("store").toString();
    String out = folder.resolve("out").toString();
    return new String[] {"report", study, "--kafka", log, "--store", store, "--out", out};
  }

  private String[] verify(String digest, String log) {
    String store = folder.resolve("store").toString();
    return new String[] {"verify", digest, "--recompute", "--kafka", log, "--store", store};
  }

  private String study() throws IOException {
    return Files.writeString(folder.resolve("study.yaml"), STUDY).toString();
  }

  private static String run(String... args) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertThat(Commands.run(args, both, both)).as(said.toString(StandardCharsets.UTF_8)).isZero();
    return said.toString(StandardCharsets.UTF_8);
  }

  private RoleProcess start(String... args) throws IOException {
    return start(List.of(), args);
  }

  private RoleProcess start(List<String> more, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(more);
    RoleProcess process = RoleProcess.start(all, folder, processes.size());
    processes.add(process);
    return process;
  }

  /** What is said on a log, from its beginning. */
  private static final class Followed implements Follower.Sink, AutoCloseable {
    private final List<Event> events = new ArrayList<>();
    private final Follower follower;

    private Followed(Connection log) {
      this.follower = Follower.open(log, Set.of(Topic.ATTEMPTS, Topic.OUTCOMES), this);
    }

    @Override
    public void accept(Heard heard) {
      events.add(heard.event());
    }

    @Override
    public void unreadable(Unreadable record) {
      throw new IllegalStateException(record.toString());
    }

    /** The first event of its kind that is {@code wanted}; empty when none comes in time. */
    private <E extends Event> Optional<E> await(Class<E> kind, Predicate<E> wanted) {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (System.nanoTime() < end) {
        Optional<E> found =
            events.stream().filter(kind::isInstance).map(kind::cast).filter(wanted).findFirst();
        if (found.isPresent()) {
          return found;
        }
        follower.step(TURN);
      }
      return Optional.empty();
    }

    private void awaitCompleted(int count) {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (completed() < count) {
        assertThat(System.nanoTime()).isLessThan(end);
        follower.step(TURN);
      }
    }

    private long completed() {
      return events.stream()
          .filter(OutcomePublished.class::isInstance)
          .map(OutcomePublished.class::cast)
          .filter(ended -> ended.outcome() instanceof Outcome.Completed)
          .map(OutcomePublished::task)
          .distinct()
          .count();
    }

    @Override
    public void close() {
      follower.close();
    }
  }
}
