package dev.espalier.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.aggregator.Board;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Sharing;
import dev.espalier.store.FileArtifacts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes and comes back under running tasks. */
class BrokerRestartTest {
  private static final int IDLE = 4; // are handed what the broker forgets that it handed out
  private static final Study STUDY = Samples.study(1, 1L, 2L, 3L, 4L);
  private static final List<Node> NODES = TaskGraph.of(STUDY, Samples.NAMING).nodes();
  private static final int BEGUN = // held at the brake, so that no other task is ready
      (int) NODES.stream().filter(node -> node.task().parents().isEmpty()).count();
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Throwable> troubles = new CopyOnWriteArrayList<>();

  @Test
  @Timeout(600)
  void nothingIsComputedTwice(@TempDir Path folder) throws Exception {
    FileArtifacts store = FileArtifacts.in(folder.resolve("store"));
    QuickBench bench = new QuickBench(store, 0);
    Tools tools = new Tools(bench, store, Samples.NAMING, data -> data, Clock.systemUTC());

    try (RestartableBroker broker = new RestartableBroker(folder.resolve("kafka"));
        Fleet fleet = Fleet.start(settings(broker.connection()), tools, troubles::add)) {
      fleet.submissions().orElseThrow().submit("a study", STUDY);
      await(fleet, view -> running(view) == BEGUN);
      assertThat(BEGUN).isGreaterThanOrEqualTo(8);
      broker.stop();
      awaitUnready(fleet);
      broker.startAgain();
      bench.release();
      Board.View end = await(fleet, BrokerRestartTest::isCompleted);

      assertThat(end.standings().tasks().values())
          .extracting(standing -> standing.outcome().map(OutcomePublished::attempt).orElseThrow())
          .containsOnly(1);
    }
    assertThat(bench.done).containsExactlyInAnyOrderElementsOf(tasks());
    assertThat(bench.beginnings).hasSameSizeAs(tasks());
    assertThat(troubles).isEmpty();
  }

  private static FleetSettings settings(Connection log) {
    return FleetSettings.all(log)
        .withSlots(BEGUN + IDLE)
        .sharing(new Sharing(Duration.ofSeconds(5), 5, 1_000));
  }

  private static Board.View await(Fleet fleet, Predicate<Board.View> condition)
      throws InterruptedException {
    return fleet
        .board()
        .await(condition, LIMIT)
        .orElseThrow(() -> new AssertionError(fleet.board().view().standings().tasks()));
  }

  private static long running(Board.View view) {
    return tasks().stream()
        .map(view.standings()::task)
        .filter(task -> task.state() == State.RUNNING)
        .count();
  }

  private static boolean isCompleted(Board.View view) {
    return tasks().stream()
        .map(view.standings()::task)
        .map(TaskStanding::state)
        .allMatch(State.COMPLETED::equals);
  }

  private static List<TaskId> tasks() {
    return NODES.stream().map(Node::id).toList();
  }

  /** Until the roles say of themselves that they do not reach the log. */
  private void awaitUnready(Fleet fleet) throws IOException, InterruptedException {
    URI health = fleet.address().orElseThrow().resolve("health/ready");
    HttpRequest ask = HttpRequest.newBuilder(health).timeout(LIMIT).build();
    int status = 200;
    while (status == 200) {
      status = http.send(ask, BodyHandlers.discarding()).statusCode();
    }
  }
}
