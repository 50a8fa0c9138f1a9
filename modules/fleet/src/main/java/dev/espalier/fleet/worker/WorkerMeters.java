package dev.espalier.fleet.worker;

import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.fleet.meter.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What the slots of a process count together. */
final class WorkerMeters {
  private static final double NANOS_A_SECOND = 1e9;

  private final MeterRegistry registry;
  private final AtomicInteger busy = new AtomicInteger();

  WorkerMeters(MeterRegistry registry, int slots) {
    this.registry = registry;
    Meters.SLOTS.gauge(registry, () -> slots);
    Meters.SLOTS_BUSY.gauge(registry, busy::get);
  }

  /** How an attempt ended, as the tag of its meter. */
  enum Ended {
    COMPLETED,
    FAILED,
    PREEMPTED,
    FENCED,
    CRASHED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A delivery was looked up, and this was found: {@code completed, held, claimed}. */
  void delivered(String opening) {
    Meters.DELIVERIES.counter(registry, opening).increment();
  }

  void began() {
    busy.incrementAndGet();
  }

  void ended(TaskKind kind, Ended ended) {
    busy.decrementAndGet();
    Meters.ATTEMPTS.counter(registry, kind, ended).increment();
  }

  /** A task ended for good by the word of this process. */
  void published(TaskKind kind, Outcome outcome, Duration time) {
    String word =
        switch (outcome) {
          case Outcome.Completed completed -> "completed";
          case Outcome.Failed failed -> "failed";
        };
    Meters.TASKS.counter(registry, kind, word).increment();
    Meters.TASK_TIME.timer(registry, kind).record(time);
  }

  /** Counts {@code images} trained on, which were {@code waited} for. */
  void trained(TaskKind kind, int images, Duration waited) {
    Meters.TRAINING_IMAGES.counter(registry, kind).increment(images);
    Meters.INPUT_WAITING.counter(registry, kind).increment(waited.toNanos() / NANOS_A_SECOND);
  }
}
