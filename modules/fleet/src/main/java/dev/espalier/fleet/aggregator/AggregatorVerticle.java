package dev.espalier.fleet.aggregator;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.fleet.loop.Loop;
import dev.espalier.fleet.loop.Pulse;
import dev.espalier.fleet.meter.ClientMeters;
import dev.espalier.fleet.meter.Meters;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Leftovers;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the whole log and keeps a {@link Board} up to date; what is no event goes to the dead
 * letters. Holds nothing that is not on the log, so it may be stopped at any time, and any number
 * may run.
 */
public final class AggregatorVerticle extends VerticleBase implements Pulse {
  private static final Logger LOG = LoggerFactory.getLogger(AggregatorVerticle.class);
  private static final Duration TURN = Duration.ofMillis(500);

  /** What is followed: everything that is an event. */
  public static final Set<Topic> TOPICS =
      Set.of(
          Topic.STUDIES,
          Topic.TASKS,
          Topic.ATTEMPTS,
          Topic.OUTCOMES,
          Topic.MASKS,
          Topic.METRICS,
          Topic.LOGS);

  private final Connection connection;
  private final Board board;
  private final ClientMeters clients;
  private final Consumer<Throwable> unwell;
  private final Counter taken;
  private final Counter unreadable;
  private volatile Optional<Loop> loop = Optional.empty();

  /**
   * An aggregator.
   *
   * @param board where its standings hang; nobody else writes there
   * @param unwell told when it cannot go on
   */
  public AggregatorVerticle(
      Connection connection,
      Board board,
      MeterRegistry registry,
      ClientMeters clients,
      Consumer<Throwable> unwell) {
    this.connection = connection;
    this.board = board;
    this.clients = clients;
    this.unwell = unwell;
    this.taken = Meters.EVENTS.counter(registry);
    this.unreadable = Meters.UNREADABLE.counter(registry);
    for (TaskKind kind : TaskKind.values()) {
      Meters.TASKS_WAITING.gauge(registry, () -> count(State.WAITING, kind), kind);
      Meters.TASKS_RUNNING.gauge(registry, () -> count(State.RUNNING, kind), kind);
    }
    Meters.TASKS_FAILED.gauge(registry, () -> all(State.FAILED).count());
    Meters.TASK_SILENCE.gauge(registry, this::silence);
  }

  private Stream<TaskStanding> all(State state) {
    return board.standings().tasks().values().stream().filter(task -> task.state() == state);
  }

  /** Of the running task that was heard of longest ago, in seconds; 0 where none runs. */
  private double silence() {
    return all(State.RUNNING)
        .flatMap(task -> task.attempt().stream())
        .map(AttemptReported::at)
        .min(Comparator.naturalOrder())
        .map(heard -> Duration.between(heard, Instant.now()).toMillis() / 1e3)
        .map(seconds -> Math.max(0, seconds))
        .orElse(0.0);
  }

  private long count(State state, TaskKind kind) {
    return all(state)
        .filter(task -> task.released().filter(any -> isOf(kind, any)).isPresent())
        .count();
  }

  private static boolean isOf(TaskKind kind, TaskReleased released) {
    return TaskKind.of(released.content()) == kind;
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(
        () -> {
          loop = Optional.of(Loop.start("aggregator", new Folding(), unwell));
          return title();
        },
        false);
  }

  /** Takes the events of a turn together, so that the board changes once a turn. */
  private final class Folding implements Loop.Turns, Follower.Sink {
    private final List<Heard> arrived = new ArrayList<>();
    private final Follower follower = Follower.open(connection, TOPICS, this);
    private final Leftovers leftovers = new Leftovers(connection);

    /**
     * What attempts have told people adds up to nothing, so only what they tell now is read. Of the
     * rest most are samples: they wait until it is known where every study and task stands.
     */
    private Folding() {
      follower.skip(Topic.LOGS);
      follower.readLast(Topic.METRICS);
      board.begin(follower.reached());
      clients.add(title(), follower::metrics);
      clients.add(title() + " leftovers", leftovers::metrics);
    }

    @Override
    public boolean turn() {
      follower.step(TURN);
      if (!arrived.isEmpty()) {
        board.add(arrived, follower.reached());
        taken.increment(arrived.size());
        arrived.clear();
      }
      if (follower.caughtUp()) {
        board.complete();
      }
      leftovers.keep();
      return true;
    }

    @Override
    public void accept(Heard heard) {
      arrived.add(heard);
    }

    @Override
    public void unreadable(Unreadable record) {
      unreadable.increment();
      leftovers.add(record);
      LOG.atWarn()
          .addKeyValue("place", record.place())
          .addKeyValue("reason", record.reason())
          .log("skipped a record that is no event");
    }

    @Override
    public void end() {
      clients.remove(title());
      clients.remove(title() + " leftovers");
      leftovers.close();
      follower.close();
    }
  }

  @Override
  public Future<?> stop() {
    return vertx.executeBlocking(
        () -> {
          loop.ifPresent(Loop::close);
          return title();
        },
        false);
  }

  @Override
  public String title() {
    return "aggregator";
  }

  @Override
  public boolean lives() {
    return loop.filter(Loop::lives).isPresent();
  }

  @Override
  public boolean isReady() {
    return loop.filter(Loop::isWell).isPresent() && lives() && board.view().complete();
  }
}
