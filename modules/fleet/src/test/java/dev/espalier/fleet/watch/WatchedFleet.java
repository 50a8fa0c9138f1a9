package dev.espalier.fleet.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Fleet;
import dev.espalier.fleet.FleetSettings;
import dev.espalier.fleet.QuickBench;
import dev.espalier.fleet.RestartableBroker;
import dev.espalier.fleet.Samples;
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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A whole fleet on a broker of its own, whose figures are looked at. */
final class WatchedFleet implements AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Study STUDY = Samples.study(2, 1L, 2L);
  private static final List<Node> NODES = TaskGraph.of(STUDY, Samples.NAMING).nodes();
  private static final int SLOTS = 2;

  final QuickBench bench;
  final RestartableBroker broker;
  private final List<Throwable> troubles = new CopyOnWriteArrayList<>();
  private final Fleet fleet;

  private WatchedFleet(Path folder) {
    FileArtifacts store = FileArtifacts.in(folder.resolve("store"));
    bench = new QuickBench(store, 6);
    broker = new RestartableBroker(folder.resolve("kafka"));
    Tools tools = new Tools(bench, store, Samples.NAMING, data -> data, Clock.systemUTC());
    fleet =
        Fleet.start(
            FleetSettings.all(connection())
                .withSlots(SLOTS)
                .sharing(new Sharing(Duration.ofSeconds(3), 5, 1_000))
                .aloneSince(Instant.now()),
            tools,
            troubles::add);
  }

  /** Starts one; whoever does closes it. */
  static WatchedFleet start(Path folder) {
    return new WatchedFleet(folder);
  }

  Connection connection() {
    return broker.connection();
  }

  /** Has some of a study done, and holds the rest in the middle of its work. */
  void workHalfway() throws InterruptedException {
    fleet.submissions().orElseThrow().submit("a study", STUDY);
    assertThat(bench.holds(SLOTS, LIMIT)).isTrue();
    await(view -> count(view, State.RUNNING) == SLOTS && count(view, State.WAITING) > 0);
  }

  private static long count(Board.View view, State state) {
    return NODES.stream().filter(node -> view.standings().task(node.id()).state() == state).count();
  }

  /** Waits until what the gateway shows pleases {@code condition}. */
  void await(Predicate<Board.View> condition) throws InterruptedException {
    assertThat(fleet.board().await(condition, LIMIT)).isPresent();
  }

  URI address() {
    return fleet.address().orElseThrow();
  }

  /** What {@code /metrics} tells now. */
  String scrape() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address().resolve("metrics")).timeout(LIMIT).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  /** Stops the fleet; its broker stays. */
  void leave() {
    fleet.close();
  }

  @Override
  public void close() {
    leave();
    broker.close();
    assertThat(troubles).isEmpty();
  }
}
