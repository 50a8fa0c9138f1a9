package dev.espalier.fleet.worker;

import dev.espalier.compute.Observer;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.TaskKind;
import dev.espalier.kafka.Attempt;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Watches one attempt at work: passes on its figures, says that it lives, and asks it to stop when
 * the worker stops, a newer attempt took over, or nobody wants the task any more.
 */
final class Execution implements Observer {
  private static final long WORD_INTERVAL = Duration.ofSeconds(1).toNanos();

  private final Attempt attempt;
  private final WorkerMeters meters;
  private final TaskKind kind;
  private final BooleanSupplier stopping;
  private Optional<Digest> checkpoint;
  private Map<String, Double> sample = Map.of();
  private long sampledStep = -1;
  private volatile Progress progress = Progress.NONE;
  private volatile Optional<Failure> waitsFor = Optional.empty();
  private volatile long spoke;

  Execution(Attempt attempt, WorkerMeters meters, BooleanSupplier stopping) {
    this.attempt = attempt;
    this.meters = meters;
    this.kind = TaskKind.of(attempt.released().content());
    this.stopping = stopping;
    this.checkpoint = attempt.checkpoint();
    this.spoke = System.nanoTime() - WORD_INTERVAL;
  }

  @Override
  public void sampled(long step, Map<String, Double> values) {
    sampledStep = step;
    sample = values;
    attempt.sample(step, values);
  }

  @Override
  public void trained(int images, Duration waited) {
    meters.trained(kind, images, waited);
  }

  /** Passed on at most once a second. */
  @Override
  public void progressed(Progress newest) {
    progress = newest;
    if (System.nanoTime() - spoke >= WORD_INTERVAL) {
      heartbeat();
    }
  }

  /** A newer attempt may go on from the checkpoint before, so that is not to be deleted then. */
  @Override
  public boolean checkpointed(Digest newest) {
    checkpoint = Optional.of(newest);
    spoke = System.nanoTime();
    return attempt.checkpointed(progress, newest) && !attempt.superseded();
  }

  @Override
  public void waiting(Optional<Failure> reason) {
    waitsFor = reason;
    heartbeat();
  }

  @Override
  public boolean stopRequested() {
    return stopping.getAsBoolean() || attempt.superseded() || attempt.withdrawal().isPresent();
  }

  /** Says that the attempt lives. May be called by any thread. */
  void heartbeat() {
    spoke = System.nanoTime();
    attempt.running(progress, waitsFor);
  }

  /** How far the attempt is. */
  Progress progress() {
    return progress;
  }

  /** The newest checkpoint that was reported. */
  Optional<Digest> checkpoint() {
    return checkpoint;
  }

  /** What was sampled last, when that was at {@code step}; nothing otherwise. */
  Map<String, Double> sampleAt(long step) {
    return step == sampledStep ? new HashMap<>(sample) : new HashMap<>();
  }
}
