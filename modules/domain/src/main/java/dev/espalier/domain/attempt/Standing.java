package dev.espalier.domain.attempt;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.task.Outcome;
import java.util.Optional;

/**
 * What the log says about a task: the newest word of its highest attempt, and its outcome.
 *
 * @param word absent before the first claim, and forgotten once the task is completed
 * @param end the newest outcome
 * @param withdrawn the newest withdrawal
 */
public record Standing(
    Optional<AttemptReported> word, Optional<End> end, Optional<TaskWithdrawn> withdrawn) {
  /** Nothing was heard of the task. */
  public static final Standing NONE =
      new Standing(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * What is remembered of an outcome.
   *
   * @param attempt the attempt that ended the task
   * @param completed whether it did so with a result
   */
  public record End(int attempt, boolean completed) {}

  /**
   * The standing after another word. A word of a lower attempt is a zombie's: it was written
   * outside the transaction that would have fenced it.
   */
  public Standing plus(AttemptReported reported) {
    boolean counts =
        !completed() && word.map(newest -> reported.attempt() >= newest.attempt()).orElse(true);
    return counts ? new Standing(Optional.of(reported), end, withdrawn) : this;
  }

  /** The standing after an outcome. One of a lower attempt than that of the newest is too late. */
  public Standing plus(OutcomePublished published) {
    if (end.filter(newest -> newest.attempt() > published.attempt()).isPresent()) {
      return this;
    }
    boolean completed = published.outcome() instanceof Outcome.Completed;
    return new Standing(
        completed ? Optional.empty() : word,
        Optional.of(new End(published.attempt(), completed)),
        withdrawn);
  }

  /** The standing after a release was taken back. */
  public Standing plus(TaskWithdrawn event) {
    return new Standing(word, end, Optional.of(event));
  }

  /** That {@code released} was taken back, where it was. */
  public Optional<TaskWithdrawn> withdrawal(TaskReleased released) {
    return withdrawn.filter(known -> known.isOf(released));
  }

  private boolean completed() {
    return end.map(End::completed).orElse(false);
  }

  /**
   * Whether nothing is left to do: completed, failed after the attempt that is answered, or taken
   * back.
   */
  public boolean settles(TaskReleased released) {
    return withdrawal(released).isPresent()
        || end.map(e -> e.completed() || e.attempt() > released.after()).orElse(false);
  }

  /**
   * The attempt that has the task, if it still lives, unless {@code released} answers it: one that
   * has not said that it stopped, or one that failed. Of what failed the planner says whether and
   * when it is tried again, or ends it: were it taken at once, it might be ended under the hands of
   * its heir.
   *
   * @param worker who asks; does one task at a time, so what it had before it has left
   */
  Optional<AttemptReported> holder(TaskReleased released, String worker) {
    return word.filter(newest -> newest.attempt() > released.after())
        .filter(
            newest ->
                switch (newest.phase()) {
                  case CLAIMED, RUNNING -> !newest.worker().equals(worker);
                  case PREEMPTED -> false;
                  case FAILED -> true;
                });
  }

  /** Whether the newest attempt failed, and {@code released} does not answer it. */
  boolean isPlanners(TaskReleased released) {
    return word.filter(newest -> newest.attempt() > released.after())
        .filter(newest -> newest.phase() == Phase.FAILED)
        .isPresent();
  }

  /** The highest attempt that is known of; 0 when none is. */
  public int highest() {
    return Math.max(word.map(AttemptReported::attempt).orElse(0), end.map(End::attempt).orElse(0));
  }

  /** Whether {@code attempt} ended the task, with a result or without one. */
  public boolean endedBy(int attempt, boolean withResult) {
    return end.filter(known -> known.equals(new End(attempt, withResult))).isPresent();
  }

  /** Whether the task is no longer that of {@code attempt}: a higher one has claimed it. */
  public boolean supersedes(int attempt) {
    return highest() > attempt;
  }

  /** Whether nothing that {@code attempt} ends with counts any more. */
  public boolean isBeyond(int attempt) {
    return supersedes(attempt) || end.filter(known -> known.attempt() >= attempt).isPresent();
  }
}
