package dev.espalier.fleet;

import dev.espalier.compute.Ending;
import dev.espalier.compute.Observer;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Result;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.worker.Bench;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Works on tasks in no time, and on demand very slowly. Checkpoints hold the number of the last
 * step, so that a test sees where work went on.
 */
public final class QuickBench implements Bench {
  private static final int STEPS = 5;
  private static final int BRAKE_STEP = 3;

  /** The first step of every run, by run. */
  public final List<Integer> beginnings = new CopyOnWriteArrayList<>();

  /** The tasks that ran to their end, in order. */
  public final List<TaskId> done = new CopyOnWriteArrayList<>();

  private final Artifacts artifacts;
  private final Semaphore passes;
  private final Semaphore held = new Semaphore(0);

  /** A bench that lets {@code passes} runs through, and holds later ones at step 3. */
  public QuickBench(Artifacts artifacts, int passes) {
    this.artifacts = artifacts;
    this.passes = new Semaphore(passes);
  }

  @Override
  public Ending run(
      TaskId id,
      Task task,
      Map<TaskId, Result> parents,
      Optional<Digest> checkpoint,
      Observer observer) {
    if (!parents.keySet().containsAll(task.parents())) {
      return new Ending.Wrong(new Failure.BadInput("expected " + task.parents()));
    }
    int first = checkpoint.flatMap(artifacts::get).map(QuickBench::number).orElse(0);
    beginnings.add(first);
    for (int step = first + 1; step <= STEPS; step++) {
      observer.trained(1, Duration.ZERO);
      observer.sampled(step, Map.of("train_loss", 1.0 / step));
      observer.progressed(new Progress(step, STEPS, 0, 1, 1_000, 1.0 / step));
      if (isStopped(step, observer)) {
        Digest left = artifacts.put(Integer.toString(step).getBytes(StandardCharsets.UTF_8));
        observer.checkpointed(left);
        return new Ending.Stopped(Optional.of(left));
      }
    }
    done.add(id);
    return new Ending.Done(
        Samples.result(task), Samples.NUMERICS, new Cost(2_000, Duration.ofSeconds(2)));
  }

  private static int number(byte[] bytes) {
    return Integer.parseInt(new String(bytes, StandardCharsets.UTF_8));
  }

  /** Waits at the brake until a pass is free or a stop is asked for. */
  private boolean isStopped(int step, Observer observer) {
    boolean waits = step == BRAKE_STEP && !passes.tryAcquire();
    if (waits) {
      held.release();
    }
    while (waits && !observer.stopRequested()) {
      try {
        waits = !passes.tryAcquire(20, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    return waits || observer.stopRequested();
  }

  /** Whether {@code runs} runs have come to the brake, which they are given {@code limit} for. */
  public boolean holds(int runs, Duration limit) throws InterruptedException {
    return held.tryAcquire(runs, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets so many more runs through. */
  public void release(int runs) {
    passes.release(runs);
  }

  /** Lets every run through from now on. */
  public void release() {
    release(1_000_000);
  }
}
