package dev.espalier.kafka;

import dev.espalier.domain.Digest;
import dev.espalier.domain.attempt.Standing;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptLogged;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.event.LogLine;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a task, claimed on the log. A later claim of the same task fences it: whatever
 * it commits afterwards does not happen.
 *
 * <p>Safe for use by many threads; heartbeats may come from another than the one that computes.
 */
public final class Attempt implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private static final Duration PAUSE = Duration.ofSeconds(1); // while the log is out of reach

  private final TaskReleased released;
  private final AttemptReported claim;
  private Pen pen; // of the thread that computes
  private final Attempts attempts;
  private final Envelope envelope;
  private final long began = System.nanoTime();
  private volatile Optional<Digest> checkpoint;
  private boolean stopped;

  Attempt(
      TaskReleased released, AttemptReported claim, Pen pen, Attempts attempts, Envelope envelope) {
    this.released = released;
    this.claim = claim;
    this.pen = pen;
    this.attempts = attempts;
    this.envelope = envelope;
    this.checkpoint = claim.checkpoint();
  }

  /** The task. */
  public TaskReleased released() {
    return released;
  }

  /** Its number among the attempts at the task, from 1. */
  public int number() {
    return claim.attempt();
  }

  /** The newest checkpoint of the task: its own, or when it has none yet the one it inherits. */
  public Optional<Digest> checkpoint() {
    return checkpoint;
  }

  /**
   * Says that it lives and how far it is; outside any transaction. Returns without waiting for the
   * broker; a word that does not arrive is replaced by the next.
   *
   * @param waitsFor what keeps it from getting on, such as a store that is out of reach
   */
  public synchronized void running(Progress progress, Optional<Failure> waitsFor) {
    if (!stopped) { // after its last word there is none
      send(word(Phase.RUNNING, progress, waitsFor));
    }
  }

  /**
   * Says that the task can be resumed from {@code fresh}; waits for the broker a few seconds at
   * most.
   *
   * @return whether the broker has it for certain: only then is the checkpoint before superseded
   */
  public boolean checkpointed(Progress progress, Digest fresh) {
    checkpoint = Optional.of(fresh);
    Event word = word(Phase.RUNNING, progress, Optional.empty());
    return isTaken(() -> attempts.words().writeAndWait(word, envelope, Attempts.WORD));
  }

  /**
   * Says that it stopped politely.
   *
   * @return whether the broker has it; if not, its silence will say so later
   */
  public boolean preempted(Progress progress) {
    return lastWord(word(Phase.PREEMPTED, progress, Optional.empty()));
  }

  /**
   * Says that it stopped, and that nobody is to go on from its checkpoint.
   *
   * @return whether the broker has it: only then may the checkpoint go
   */
  public boolean abandoned(Progress progress) {
    checkpoint = Optional.empty();
    return preempted(progress);
  }

  /**
   * Says that it stopped for a reason that another attempt may not meet.
   *
   * @return whether the broker has it; if not, its silence will say so later
   */
  public boolean failed(Progress progress, Failure failure) {
    return lastWord(word(Phase.FAILED, progress, Optional.of(failure)));
  }

  private boolean lastWord(AttemptReported word) {
    synchronized (this) {
      stopped = true;
    }
    return isTaken(() -> attempts.words().writeAndWait(word, envelope));
  }

  private AttemptReported word(Phase phase, Progress progress, Optional<Failure> failure) {
    return new AttemptReported(
        attempts.clock().instant(),
        released.study(),
        released.task(),
        number(),
        claim.worker(),
        phase,
        progress,
        checkpoint,
        failure,
        claim.workerTime().plusNanos(System.nanoTime() - began));
  }

  /**
   * Publishes figures of a step; outside any transaction, without waiting for the broker. Figures
   * that must not be missed belong to {@link #complete}.
   */
  public void sample(long step, Map<String, Double> values) {
    send(
        new MetricSampled(
            attempts.clock().instant(), released.study(), released.task(), number(), step, values));
  }

  /**
   * Publishes lines of its log; outside any transaction, without waiting for the broker.
   *
   * @param lines at least one
   */
  public void log(List<LogLine> lines) {
    send(
        new AttemptLogged(
            attempts.clock().instant(),
            released.study(),
            released.task(),
            number(),
            claim.worker(),
            lines));
  }

  /** A broker that is away stops no work. */
  private void send(Event event) {
    try {
      Future<?> _ = attempts.words().write(event, envelope);
    } catch (LogException e) {
      tell(e);
    }
  }

  private boolean isTaken(Runnable writing) {
    try {
      writing.run();
      return true;
    } catch (LogException e) {
      tell(e);
      return false;
    }
  }

  private void tell(LogException e) {
    LOG.atWarn()
        .addKeyValue("task", released.task())
        .addKeyValue("attempt", number())
        .addKeyValue("reason", e.getMessage())
        .log("a word of an attempt was not taken");
  }

  /** Whether a higher attempt has claimed the task: then the work is to be dropped. Asks nobody. */
  public boolean superseded() {
    return attempts.known(released).supersedes(number());
  }

  /**
   * That nobody wants the task any more, once that is so: then it is to stop politely. Asks nobody.
   */
  public Optional<TaskWithdrawn> withdrawal() {
    return attempts.known(released).withdrawal(released);
  }

  /**
   * Publishes the task's effects in one transaction: masks, last figures, the outcome. All of them
   * or none. While the log is out of reach this waits for it, and finds out what became of the
   * transaction that was under way.
   *
   * <p>A fence is no reason to drop the work unless the log says why: whoever set it may have died
   * before its claim, or be the broker, whose patience with a transaction ended.
   *
   * @param events one {@link OutcomePublished} of this task and attempt, and what belongs to it
   * @param stop whether to wait no longer
   * @return {@link Commit.Fenced} when the task is no longer this attempt's
   * @throws IllegalArgumentException when there is not exactly one outcome, or it is another's
   * @throws LogException when the log refuses, or is out of reach and {@code stop} holds; whether
   *     the events stand is then not known, and the next delivery of the task finds out
   */
  public Commit complete(List<? extends Event> events, BooleanSupplier stop) {
    List<OutcomePublished> outcomes =
        events.stream()
            .filter(OutcomePublished.class::isInstance)
            .map(OutcomePublished.class::cast)
            .toList();
    if (outcomes.size() != 1 || !isOwn(outcomes.getFirst())) {
      throw new IllegalArgumentException(
          "expected the outcome of attempt "
              + number()
              + " at "
              + released.task()
              + ", got "
              + outcomes);
    }
    return complete(events, outcomes.getFirst(), stop);
  }

  private Commit complete(
      List<? extends Event> events, OutcomePublished outcome, BooleanSupplier stop) {
    Optional<Commit> known = patiently(stop, () -> commit(events));
    while (known.isEmpty()) {
      known = patiently(stop, () -> again(events, outcome));
    }
    return known.get();
  }

  /** What {@code asking} found out; empty when it is to be asked again. */
  private Optional<Commit> patiently(BooleanSupplier stop, Supplier<Optional<Commit>> asking) {
    try {
      return asking.get();
    } catch (LogException e) {
      if (e.isRefusal() || stop.getAsBoolean()) {
        throw e;
      }
      tell(e);
      LockSupport.parkNanos(PAUSE.toNanos());
      return Optional.empty();
    }
  }

  /** Empty when fenced: then the log is asked why. */
  private Optional<Commit> commit(List<? extends Event> events) {
    return Optional.of(pen.commit(events, envelope)).filter(Commit.Committed.class::isInstance);
  }

  /** Another pen fences what is left of the one before; only then is what the log says final. */
  private Optional<Commit> again(List<? extends Event> events, OutcomePublished outcome) {
    Optional<Commit> settled = settled(outcome);
    if (settled.isPresent()) {
      return settled;
    }
    pen.close();
    pen = attempts.pen(released);
    if (pen.fence() instanceof Commit.Fenced) {
      return Optional.empty();
    }
    return settled(outcome).or(() -> commit(events));
  }

  private Optional<Commit> settled(OutcomePublished outcome) {
    Standing standing = attempts.lookUp(released);
    boolean withResult = outcome.outcome() instanceof Outcome.Completed;
    if (standing.endedBy(number(), withResult)) {
      return Optional.of(new Commit.Committed());
    }
    return standing.isBeyond(number()) ? Optional.of(new Commit.Fenced()) : Optional.empty();
  }

  private boolean isOwn(OutcomePublished outcome) {
    return outcome.task().equals(released.task()) && outcome.attempt() == number();
  }

  /** Frees its producer; says nothing. */
  @Override
  public void close() {
    pen.close();
  }
}
