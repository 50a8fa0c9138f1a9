package dev.espalier.kafka;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One execution of a task, claimed on the log. A later claim of the same task fences it: whatever
 * it commits afterwards does not happen.
 *
 * <p>Safe for use by many threads; heartbeats may come from another than the one that computes.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Attempt implements AutoCloseable {
  private Attempt() {}

  /** The task. */
  public TaskReleased released() {
    throw new UnsupportedOperationException();
  }

  /** Its number among the attempts at the task, from 1. */
  public int number() {
    throw new UnsupportedOperationException();
  }

  /** The newest checkpoint of the task: its own, or when it has none yet the one it inherits. */
  public Optional<Digest> checkpoint() {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that it lives and how far it is; outside any transaction. Returns without waiting for the
   * broker.
   */
  public void running(Progress progress) {
    throw new UnsupportedOperationException();
  }

  /** Says that the task can be resumed from {@code checkpoint}; returns when the broker has it. */
  public void checkpointed(Progress progress, Digest checkpoint) {
    throw new UnsupportedOperationException();
  }

  /** Says that it stopped politely; returns when the broker has it. */
  public void preempted(Progress progress) {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that it stopped for a reason that another attempt may not meet; returns when the broker
   * has it.
   */
  public void failed(Progress progress, Failure failure) {
    throw new UnsupportedOperationException();
  }

  /** Publishes figures of a step; outside any transaction, without waiting for the broker. */
  public void sample(long step, Map<String, Double> values) {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether a higher attempt has claimed the task: then the work is to be dropped. Costs nothing.
   */
  public boolean superseded() {
    throw new UnsupportedOperationException();
  }

  /**
   * Publishes the task's effects in one transaction: masks, last figures, the outcome. All of them
   * or none.
   *
   * @param events one {@link Event.OutcomePublished} of this task and attempt, and what belongs to
   *     it
   * @throws IllegalArgumentException when there is not exactly one outcome, or it is another's
   * @throws LogException when the log cannot be written; whether the events stand is then not
   *     known, and the next delivery of the task finds out
   */
  public Commit complete(List<Event> events) {
    throw new UnsupportedOperationException(events.toString());
  }

  /** Frees its producer; says nothing. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
