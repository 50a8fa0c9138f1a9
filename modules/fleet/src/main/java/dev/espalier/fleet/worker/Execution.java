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
  private final Journal journal;
  private Optional<Digest> checkpoint;
  private Map<String, Double> sample = Map.of();
  private long sampledStep = -1;
  private volatile Progress progress = Progress.NONE;
  private volatile Optional<Failure> waitsFor = Optional.empty();
  private volatile long spoke;
  private long epochTold;

  Execution(Attempt attempt, WorkerMeters meters, Journal journal, BooleanSupplier stopping) {
    this.attempt = attempt;
    this.meters = meters;
    this.journal = journal;
    this.kind = TaskKind.of(attempt.released().content());
    this.stopping = stopping;
    this.checkpoint = attempt.checkpoint();
    this.spoke = System.nanoTime() - WORD_INTERVAL;
    this.epochTold = spoke;
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
    tellEpoch(newest);
    progress = newest;
    if (System.nanoTime() - spoke >= WORD_INTERVAL) {
      heartbeat();
    }
  }

  /** Of epochs that take no second only some are told of. */
  private void tellEpoch(Progress newest) {
    boolean due = System.nanoTime() - epochTold >= WORD_INTERVAL;
    if (newest.epoch() > progress.epoch() && due) {
      epochTold = System.nanoTime();
      journal.info(Sentences.epoch(newest, sample));
    }
  }

  @Override
  public void troubled(String words) {
    journal.warn(words);
  }

  /** A newer attempt may go on from the checkpoint before, so that is not to be deleted then. */
  @Override
  public boolean checkpointed(Digest newest) {
    checkpoint = Optional.of(newest);
    journal.info("keeps checkpoint %s at step %d".formatted(newest.brief(), progress.step()));
    spoke = System.nanoTime();
    return attempt.checkpointed(progress, newest) && !attempt.superseded();
  }

  @Override
  public void waiting(Optional<Failure> reason) {
    if (reason.isPresent() != waitsFor.isPresent()) {
      reason.ifPresentOrElse(
          trouble -> journal.warn("waits: " + trouble.message()), () -> journal.info("goes on"));
    }
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
    journal.writeWhenDue();
    attempt.running(progress, waitsFor);
  }

  /** What it tells people. */
  Journal journal() {
    return journal;
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
