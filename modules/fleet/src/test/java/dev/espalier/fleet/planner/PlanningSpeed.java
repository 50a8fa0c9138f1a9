package dev.espalier.fleet.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskGraph;
import dev.espalier.fleet.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * How long a planner takes to decide, and how much it remembers, while a study of {@code
 * -Dspeed.tasks} tasks is worked on. Without a log: one outcome is heard, then it decides.
 */
class PlanningSpeed {
  private static final int ROUNDS = 2;
  private static final double MILLION = 1e6;

  private final Planning planning =
      new Planning(Watch.standard(Duration.ofSeconds(30), Optional.empty()));
  private final Ledger ledger = new Ledger(Samples.NAMING);
  private final Deque<TaskReleased> waiting = new ArrayDeque<>();
  private final List<Long> times = new ArrayList<>();

  @Test
  void decisionsTakeThisLong() {
    int tasks = Integer.getInteger("speed.tasks", 10_000);
    Study study = study(tasks);
    long before = used();
    ledger.hear(
        new StudyWished(Samples.START, Samples.NAMING.nameOf(study), "a study", study, Wish.RUN));
    long planned = used() - before;

    decide();
    while (!waiting.isEmpty()) {
      work(waiting.remove());
      decide();
    }

    Collections.sort(times);
    System.out.printf(
        Locale.ROOT,
        "%,d decisions: p50 %.3f ms, p99 %.3f ms; %d MB once planned, %d MB at the end%n",
        times.size(),
        times.get(times.size() / 2) / MILLION,
        times.get(times.size() * 99 / 100) / MILLION,
        planned >> 20,
        (used() - before) >> 20);
    assertThat(times).hasSize(1 + TaskGraph.of(study, Samples.NAMING).nodes().size());
  }

  private static Study study(int tasks) {
    int perSeed = TaskGraph.of(Samples.study(ROUNDS, 1L), Samples.NAMING).nodes().size();
    return Samples.study(
        ROUNDS,
        LongStream.rangeClosed(1, Math.ceilDiv(tasks, perSeed)).boxed().toArray(Long[]::new));
  }

  private void decide() {
    long began = System.nanoTime();
    List<Event> due = planning.decide(ledger, Samples.START, false, Instant.MIN);
    times.add(System.nanoTime() - began);
    for (Event event : due) {
      ledger.hear(event);
      waiting.add((TaskReleased) event);
    }
  }

  private void work(TaskReleased task) {
    ledger.hear(
        new AttemptReported(
            Samples.START,
            task.study(),
            task.task(),
            1,
            "worker",
            Phase.CLAIMED,
            Progress.NONE,
            Optional.empty(),
            Optional.empty()));
    ledger.hear(
        new OutcomePublished(
            Samples.START,
            task.study(),
            task.task(),
            1,
            "worker",
            Samples.completed(task.content())));
  }

  /** The bytes in use. */
  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
