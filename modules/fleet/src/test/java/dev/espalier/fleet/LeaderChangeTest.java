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
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Sharing;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import dev.espalier.store.FileArtifacts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, of which one after the other is killed under running tasks: the leader of the
 * tasks, who forgets to whom it handed them, then those who keep the state of share groups and of
 * transactions.
 */
class LeaderChangeTest {
  private static final String SHARES = "__share_group_state";
  private static final String TRANSACTIONS = "__transaction_state";
  private static final int IDLE = 4; // are handed what is forgotten
  private static final Study STUDY = Samples.study(1, 1L, 2L, 3L, 4L);
  private static final List<TaskId> TASKS =
      TaskGraph.of(STUDY, Samples.NAMING).nodes().stream().map(Node::id).toList();
  private static final int BEGUN =
      (int)
          TaskGraph.of(STUDY, Samples.NAMING).nodes().stream()
              .filter(node -> node.task().parents().isEmpty())
              .count();
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final List<Throwable> troubles = new CopyOnWriteArrayList<>();

  @Tag("long")
  @Test
  @Timeout(900)
  void everythingIsCompletedOnceThoughLeadersAreKilled(@TempDir Path folder) throws Exception {
    FileArtifacts store = FileArtifacts.in(folder.resolve("store"));
    QuickBench bench = new QuickBench(store, 0);
    Tools tools = new Tools(bench, store, Samples.NAMING, data -> data, Clock.systemUTC());

    try (BrokerTrio brokers = new BrokerTrio(folder)) {
      Connection log = brokers.connection();
      try (Fleet fleet = Fleet.start(settings(log), tools, troubles::add)) {
        fleet.submissions().orElseThrow().submit("a study", STUDY);
        await(fleet, view -> count(view, State.RUNNING) == BEGUN);
        brokers.restart(brokers.killLeaderOf(Topic.TASKS.on(log)));
        brokers.restart(brokers.killLeaderOf(SHARES));
        bench.release();
        brokers.restart(brokers.killLeaderOf(TRANSACTIONS));
        await(fleet, view -> count(view, State.COMPLETED) == TASKS.size());
      }

      assertThat(ended(log)).containsExactlyInAnyOrderElementsOf(TASKS);
    }
    System.out.printf("%d tasks, begun %d times%n", TASKS.size(), bench.beginnings.size());
    assertThat(troubles).isEmpty();
  }

  private static FleetSettings settings(Connection log) {
    return FleetSettings.all(log)
        .withSlots(BEGUN + IDLE)
        .sharing(new Sharing(Duration.ofSeconds(30), 5, 1_000));
  }

  private static Board.View await(Fleet fleet, Predicate<Board.View> condition)
      throws InterruptedException {
    return fleet
        .board()
        .await(condition, LIMIT)
        .orElseThrow(() -> new AssertionError(fleet.board().view().standings().tasks()));
  }

  private static long count(Board.View view, State state) {
    return TASKS.stream()
        .map(view.standings()::task)
        .map(TaskStanding::state)
        .filter(state::equals)
        .count();
  }

  /** The tasks of all outcomes that stand on the log. */
  private static List<TaskId> ended(Connection log) {
    List<TaskId> ended = new ArrayList<>();
    Follower.Sink sink =
        new Follower.Sink() {
          @Override
          public void accept(Heard heard) {
            if (heard.event() instanceof OutcomePublished outcome) {
              ended.add(outcome.task());
            }
          }

          @Override
          public void unreadable(Unreadable record) {
            throw new AssertionError(record);
          }
        };
    try (Follower follower = Follower.open(log, Set.of(Topic.OUTCOMES), sink)) {
      follower.catchUp(LIMIT);
    }
    return ended;
  }
}
