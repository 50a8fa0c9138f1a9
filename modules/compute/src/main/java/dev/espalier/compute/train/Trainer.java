package dev.espalier.compute.train;

import dev.espalier.compute.feed.Feed;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.domain.Digest;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Numerics;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.TaskId;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One training run, from a position to the end of its schedule: step by step, with an exam at the
 * end of each epoch, W_k kept on the way, and checkpoints that it can be resumed from. Used once.
 */
public final class Trainer {
  private static final int STEPS_A_SAMPLE = 25;

  private final TaskId task;
  private final Apparatus apparatus;
  private final Keeping keeping;
  private final Watcher watcher;
  private final Checkpoint checkpoint;

  private Optional<Digest> resumed = Optional.empty();
  private OptionalLong rewindAt = OptionalLong.empty();
  private Position position;
  private Schedule schedule;
  private Thinning thinning;

  /**
   * A run that takes up training at {@code position}.
   *
   * @param task whose run it is
   * @param apparatus what it works with, holding the weights to begin with
   * @param keeping where checkpoints and W_k go
   * @param watcher who is told
   */
  public Trainer(
      TaskId task, Apparatus apparatus, Position position, Keeping keeping, Watcher watcher) {
    this.task = task;
    this.apparatus = apparatus;
    this.position = position;
    this.keeping = keeping;
    this.watcher = watcher;
    this.schedule = apparatus.schedule();
    this.thinning = new Settled(apparatus);
    this.checkpoint = new Checkpoint(task, apparatus.parameters(), apparatus.owned());
  }

  /**
   * Has W_k kept when the run passes step k.
   *
   * @throws TaskException when training ends at or before that
   */
  public Trainer keepingRewind(long k) {
    long steps = schedule.steps();
    if (k >= steps) {
      throw new TaskException(
          new Failure.BadInput(
              "expected a rewind point before the end of training at step %d, got step %d"
                  .formatted(steps, k)));
    }
    rewindAt = OptionalLong.of(k);
    return this;
  }

  /** Has every step taken at the learning rate of the schedule's last. */
  public Trainer atTheLastRate() {
    schedule = schedule.atItsLast();
    return this;
  }

  /** Has the mask change as {@code by} says; what that owns, {@code apparatus} owned before. */
  public Trainer thinning(Thinning by) {
    thinning = by;
    return this;
  }

  /**
   * Goes on from a checkpoint of the same run instead, to the same bytes as if it had never
   * stopped.
   *
   * @param digest its name
   * @param bytes itself
   * @throws IllegalArgumentException when it is not this run's, of another form, or lacks
   *     something; the run then stands where it stood
   */
  public Trainer resuming(Digest digest, MemorySegment bytes) {
    Numerics now = position.numerics();
    position = checkpoint.restore(bytes).under(now);
    apparatus.takeMask();
    resumed = Optional.of(digest);
    return this;
  }

  /**
   * Trains.
   *
   * @throws TaskException when the loss is no longer a number, or a removed weight is not 0
   */
  public Run run() {
    try (Checkpoints checkpoints = new Checkpoints(checkpoint, keeping, resumed, watcher);
        Feed feed = apparatus.lesson().steps(position.step(), schedule.steps())) {
      Run run = run(feed, checkpoints);
      resumed = checkpoints.newest();
      return run;
    }
  }

  /**
   * Another run of the same task, from the step where this one began, its cost counted on: for who
   * has put the weights to begin with into the apparatus again.
   */
  Trainer again() {
    Trainer next = new Trainer(task, apparatus, position.again(), keeping, watcher);
    next.resumed = resumed;
    return next;
  }

  /**
   * Takes no step at all: keeps W_k if this is where it is, and examines the network as it is.
   *
   * @throws TaskException when the loss is not a number
   */
  public Run examined() {
    keepRewind();
    Score score = Exam.of(apparatus.lesson(), apparatus.plan());
    requireFinite(score.loss());
    return new Run.Finished(score, position);
  }

  private Run run(Feed feed, Checkpoints checkpoints) {
    Pace pace = new Pace(keeping.clock(), position.cost().time());
    while (true) {
      keepRewind();
      if (watcher.stopRequested()) {
        return new Run.Stopped(checkpoints.keep(position));
      }
      step(feed, pace);
      boolean last = position.step() == schedule.steps();
      if (last || pace.due()) {
        watcher.progressed(pace.report(position.step(), schedule));
      }
      Optional<Score> score = examine();
      if (last) {
        thinning.end();
        return new Run.Finished(score.orElseThrow(), position);
      }
      checkpoints.after(position);
    }
  }

  /** What is due after a step: an exam at the end of an epoch, a sample every so often. */
  private Optional<Score> examine() {
    if (position.step() % schedule.stepsPerEpoch() == 0) {
      return Optional.of(endEpoch());
    }
    if (position.step() % STEPS_A_SAMPLE == 0) {
      sample(Map.of());
    }
    return Optional.empty();
  }

  private void keepRewind() {
    if (rewindAt.equals(OptionalLong.of(position.step()))) {
      byte[] weights = apparatus.weightsAt(position.step()).bytes();
      position = position.withRewind(keeping.artifacts().put(weights));
    }
  }

  private void step(Feed feed, Pace pace) {
    thinning.before(position.step());
    Duration waited = takeInputs(feed);
    Update update = schedule.update(position.step(), position.nextUpdate());
    double loss = thinning.step(update);
    apparatus.lesson().learnt(update);
    requireFinite(loss);
    int images = apparatus.lesson().inputs();
    pace.count(images, loss);
    watcher.trained(images, waited);
    position = position.afterStep(loss, new Cost(position.cost().images() + images, pace.time()));
  }

  /** Gives the plan the inputs of the next step, and says how long they were waited for. */
  private Duration takeInputs(Feed feed) {
    Instant wanted = keeping.clock().instant();
    return feed.next(
        batch -> {
          Duration waited = Duration.between(wanted, keeping.clock().instant());
          apparatus.lesson().teach(position.step(), batch, apparatus.plan());
          return waited;
        });
  }

  private void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new TaskException(
          new Failure.Diverged(
              "expected a finite loss, got %s at step %d of %d (task %s)"
                  .formatted(loss, position.step(), schedule.steps(), task)));
    }
  }

  /** Examines the network and checks its mask. */
  private Score endEpoch() {
    Score score = thinning.under(() -> Exam.of(apparatus.lesson(), apparatus.plan()));
    FlatMask mask = thinning.mask();
    MemorySegment weights = apparatus.parameters().segment(Buffer.WEIGHTS);
    long violations = thinning.under(() -> mask.violations(weights));
    sample(
        Map.of(
            "test_accuracy",
            score.accuracy(),
            "test_loss",
            score.loss(),
            "density",
            (double) mask.count() / mask.total(),
            "violations",
            (double) violations));
    requireFinite(score.loss());
    if (violations > 0) {
      throw new TaskException(
          new Failure.MaskViolated(
              "expected every removed weight to be 0, got %d that are not after step %d (task %s)"
                  .formatted(violations, position.step(), task)));
    }
    return score;
  }

  /** Says how the run goes: always the mean loss since the last sample and the learning rate. */
  private void sample(Map<String, Double> more) {
    Map<String, Double> values = new TreeMap<>(more);
    values.values().removeIf(value -> !Double.isFinite(value));
    values.put("train_loss", position.meanLoss());
    values.put("learning_rate", schedule.learningRate(position.step() - 1));
    watcher.sampled(position.step(), values);
    position = position.afterSample();
  }
}
