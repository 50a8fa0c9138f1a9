package dev.espalier.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.compute.Ending;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.worker.Bench;
import dev.espalier.fleet.worker.Tools;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.EmbeddedBroker;
import dev.espalier.kafka.Follower;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Topic;
import dev.espalier.kafka.Unreadable;
import dev.espalier.store.FileArtifacts;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many tasks that take no time a fleet of one process gets through in a second, with a real
 * broker and the whole protocol: {@code -Dspeed.tasks} by {@code -Dspeed.slots}; the first
 * evaluation takes {@code -Dspeed.first} seconds. Also how evenly slots share them, and how long no
 * task ended at most before the last.
 *
 * <p>Then how long after an outcome the prune task that waited for it can be seen: in a study of
 * few seeds and many rounds, so that the planner has no reason to hold one back as it does with a
 * crowd, once with tasks that take no time and once with such as take {@code -Dspeed.rest}
 * milliseconds, so that latencies are not those of busy processors.
 */
class FleetSpeed {
  private static final int ROUNDS = 3;
  private static final int DEEP = 64;
  private static final int WARM = 2_000;
  private static final Duration TURN = Duration.ofMillis(5);
  private static final double SECOND = 1e9;
  private static final double MILLISECOND = 1e6;

  @TempDir private static Path folder;

  /** How long the next evaluation takes longer than others, in ns. */
  private final AtomicLong first = new AtomicLong();

  private final List<Throwable> troubles = new CopyOnWriteArrayList<>();

  @Test
  void tasksThatTakeNoTimeTakeThisLong() {
    int tasks = Integer.getInteger("speed.tasks", 10_000);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
      run(broker.connection().withPrefix("warm"), study(WARM), Duration.ZERO);
      first.set(TimeUnit.SECONDS.toNanos(Long.getLong("speed.first", 0)));
      System.out.println(
          run(broker.connection().withPrefix("measured"), study(tasks), Duration.ZERO));
    }
  }

  @Test
  void whatWaitedForAnOutcomeIsSeenThisSoon() {
    Study deep = Samples.study(DEEP, 1L, 2L, 3L);
    Duration rest = Duration.ofMillis(Integer.getInteger("speed.rest", 150));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka-deep"))) {
      run(broker.connection().withPrefix("warm"), study(WARM), Duration.ZERO);
      System.out.println(
          run(broker.connection().withPrefix("busy"), deep, Duration.ZERO).latency());
      System.out.println(run(broker.connection().withPrefix("rested"), deep, rest).latency());
    }
  }

  private static Study study(int tasks) {
    int perSeed = TaskGraph.of(Samples.study(ROUNDS, 1L), Samples.NAMING).nodes().size();
    return Samples.study(
        ROUNDS,
        LongStream.rangeClosed(1, Math.ceilDiv(tasks, perSeed)).boxed().toArray(Long[]::new));
  }

  private Tally run(Connection connection, Study study, Duration rest) {
    FleetSettings settings =
        FleetSettings.all(connection)
            .withSlots(Integer.getInteger("speed.slots", 8))
            .as(EnumSet.of(Role.PLANNER, Role.WORKER, Role.GATEWAY));
    Bench idle =
        (id, task, parents, checkpoint, observer) -> {
          LockSupport.parkNanos(rest.toNanos());
          LockSupport.parkNanos(task instanceof EvaluateTask ? first.getAndSet(0) : 0);
          return new Ending.Done(
              Samples.result(task), Samples.NUMERICS, new Cost(1, Duration.ZERO));
        };
    Tools tools =
        new Tools(
            idle,
            FileArtifacts.in(folder.resolve("store")),
            Samples.NAMING,
            data -> data,
            Clock.systemUTC());
    Tally tally = new Tally(study);
    try (Fleet fleet = Fleet.start(settings, tools, troubles::add);
        Follower follower = Follower.open(connection, Set.of(Topic.OUTCOMES, Topic.TASKS), tally)) {
      fleet.submissions().orElseThrow().submit("a study", study);
      while (!tally.missing.isEmpty()) {
        assertThat(troubles).isEmpty();
        follower.step(TURN);
      }
    }
    return tally;
  }

  /** What is seen on the log, and when. */
  private static final class Tally implements Follower.Sink {
    private final Map<TaskId, Set<TaskId>> missing = new HashMap<>();
    private final Map<TaskId, Set<TaskId>> children = new HashMap<>();
    private final Map<TaskId, Long> ready = new HashMap<>();
    private final Map<String, Integer> shares = new TreeMap<>();
    private final List<Long> latencies = new ArrayList<>();
    private long began;
    private long beganProcessor;
    private long ended;
    private long longest;

    private Tally(Study study) {
      for (Node node : TaskGraph.of(study, Samples.NAMING).nodes()) {
        missing.put(node.id(), new HashSet<>(node.task().parents()));
        for (TaskId parent : node.task().parents()) {
          children.computeIfAbsent(parent, any -> new HashSet<>()).add(node.id());
        }
      }
    }

    @Override
    public void accept(Heard heard) {
      switch (heard.event()) {
        case TaskReleased released -> released(released, System.nanoTime());
        case OutcomePublished outcome -> ended(outcome, System.nanoTime());
        default -> {}
      }
    }

    /** Evaluations are held back on purpose, so when they come says nothing. */
    private void released(TaskReleased released, long now) {
      if (began == 0) {
        began = now;
        beganProcessor = processor();
      }
      Long since = ready.remove(released.task());
      if (since != null && !(released.content() instanceof EvaluateTask)) {
        latencies.add(now - since);
      }
    }

    private void ended(OutcomePublished outcome, long now) {
      longest = Math.max(longest, ended == 0 || missing.size() == 1 ? 0 : now - ended);
      ended = now;
      assertThat(missing.remove(outcome.task())).as("%s", outcome).isEmpty();
      shares.merge(outcome.worker(), 1, Integer::sum);
      for (TaskId child : children.getOrDefault(outcome.task(), Set.of())) {
        missing.computeIfPresent(child, (task, parents) -> without(parents, outcome.task()));
        if (Set.of().equals(missing.get(child))) {
          ready.put(child, now);
        }
      }
    }

    private static Set<TaskId> without(Set<TaskId> parents, TaskId done) {
      parents.remove(done);
      return parents;
    }

    @Override
    public void unreadable(Unreadable record) {
      throw new IllegalStateException("expected events, got " + record);
    }

    @Override
    public String toString() {
      int done = shares.values().stream().mapToInt(Integer::intValue).sum();
      return String.format(
          Locale.ROOT,
          "%,d tasks by %d slots, %d to %d each: %.0f a second, %.1f ms of processor each;"
              + " before the last, no task ended for %.0f ms at most",
          done,
          shares.size(),
          Collections.min(shares.values()),
          Collections.max(shares.values()),
          done * SECOND / (ended - began),
          (processor() - beganProcessor) / MILLISECOND / done,
          longest / MILLISECOND);
    }

    private String latency() {
      Collections.sort(latencies);
      return String.format(
          Locale.ROOT,
          "%d prune tasks were seen after what they waited for: p50 %.1f ms, p99 %.1f ms, at most"
              + " %.1f",
          latencies.size(),
          latencies.get(latencies.size() / 2) / MILLISECOND,
          latencies.get(latencies.size() * 99 / 100) / MILLISECOND,
          latencies.getLast() / MILLISECOND);
    }
  }

  /** The processor time of this process so far, in ns. */
  private static long processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
