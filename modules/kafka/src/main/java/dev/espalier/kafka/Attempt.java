package dev.espalier.kafka;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
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

  private final TaskReleased released;
  private final AttemptReported claim;
  private final Pen pen;
  private final Attempts attempts;
  private final Envelope envelope;
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
   * Says that the task can be resumed from {@code fresh}.
   *
   * @return whether the broker has it: only then is the checkpoint before superseded
   */
  public boolean checkpointed(Progress progress, Digest fresh) {
    checkpoint = Optional.of(fresh);
    return sendAndWait(word(Phase.RUNNING, progress, Optional.empty()));
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
    return sendAndWait(word);
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
        failure);
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

  /** A broker that is away stops no work. */
  private void send(Event event) {
    try {
      Future<?> _ = attempts.words().write(event, envelope);
    } catch (LogException e) {
      tell(e);
    }
  }

  private boolean sendAndWait(Event event) {
    try {
      attempts.words().writeAndWait(event, envelope);
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
   * or none.
   *
   * @param events one {@link OutcomePublished} of this task and attempt, and what belongs to it
   * @throws IllegalArgumentException when there is not exactly one outcome, or it is another's
   * @throws LogException when the log cannot be written; whether the events stand is then not
   *     known, and the next delivery of the task finds out
   */
  public Commit complete(List<? extends Event> events) {
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
    return pen.commit(events, envelope);
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
