package dev.espalier.domain.event;

import dev.espalier.domain.event.Event.AttemptLogged;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.event.Event.TaskWithdrawn;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Result;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.pcollections.TreePMap;

/**
 * All that is known of one task.
 *
 * @param released its newest release; absent before that is known, when it was taken back, and once
 *     the task ended: the log forgets such releases, so nothing may depend on who heard them
 * @param attempt the newest word of its highest attempt; absent before the first claim
 * @param outcome how it ended; absent before that
 * @param mask the mask it published; absent before that, and for evaluations
 * @param metrics its samples by step, of the highest attempt that sampled the step
 * @param withdrawn its newest withdrawal; absent before the first
 */
public record TaskStanding(
    Optional<TaskReleased> released,
    Optional<AttemptReported> attempt,
    Optional<OutcomePublished> outcome,
    Optional<MaskPublished> mask,
    TreePMap<Long, MetricSampled> metrics,
    Optional<TaskWithdrawn> withdrawn) {
  /** Nothing is known. */
  public static final TaskStanding UNKNOWN =
      new TaskStanding(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TreePMap.empty(),
          Optional.empty());

  /** Where a task stands. */
  public enum State {
    /** Its parents are not done, nobody planned it yet, or nobody wants it now. */
    PLANNED,
    /** A worker may take it. */
    WAITING,
    /** An attempt works on it, as far as anybody has heard. */
    RUNNING,
    /** Its attempt stopped politely; another goes on. */
    PREEMPTED,
    /** Done. */
    COMPLETED,
    /** Ended without a result. */
    FAILED,
    /** Every study that wanted it was cancelled. */
    CANCELLED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where the task stands by the newest word on it. */
  public State state() {
    if (outcome.isPresent()) {
      return switch (outcome.get().outcome()) {
        case Outcome.Completed completed -> State.COMPLETED;
        case Outcome.Failed failed -> State.FAILED;
      };
    }
    if (attempt.isPresent() && !isReleasedAfter(attempt.get())) {
      return switch (attempt.get().phase()) {
        case CLAIMED, RUNNING -> State.RUNNING; // until it says that it stopped
        case PREEMPTED -> unlessCancelled(State.PREEMPTED);
        case FAILED -> unlessCancelled(State.WAITING);
      };
    }
    return unlessCancelled(released.isPresent() ? State.WAITING : State.PLANNED);
  }

  private State unlessCancelled(State state) {
    boolean forGood = withdrawn.filter(TaskWithdrawn::forGood).isPresent();
    return forGood && isWithdrawn() ? State.CANCELLED : state;
  }

  private boolean isWithdrawn() {
    return withdrawn.isPresent() && released.isEmpty();
  }

  private boolean isReleasedAfter(AttemptReported newest) {
    return released.filter(release -> release.after() >= newest.attempt()).isPresent()
        || withdrawn.filter(release -> release.after() >= newest.attempt()).isPresent();
  }

  /** What {@code study} has spent on it. */
  public Spending spentBy(StudyId study) {
    return Spending.of(study, released, attempt, outcome);
  }

  /** What it found; empty unless it completed. */
  public Optional<Result> result() {
    return outcome.map(OutcomePublished::outcome).flatMap(TaskStanding::resultOf);
  }

  private static Optional<Result> resultOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed completed -> Optional.of(completed.result());
      case Outcome.Failed failed -> Optional.empty();
    };
  }

  /** The newest value of the metric called {@code name}; empty before it was sampled. */
  public Optional<Double> newest(String name) {
    SortedMap<Long, MetricSampled> newestFirst = metrics.descendingMap();
    return newestFirst.values().stream()
        .filter(sample -> sample.values().containsKey(name))
        .map(sample -> sample.values().get(name))
        .findFirst();
  }

  TaskStanding plus(Event.OfTask event) {
    return with(event).settled();
  }

  private TaskStanding settled() {
    return released.filter(this::isOver).isPresent()
        ? new TaskStanding(Optional.empty(), attempt, outcome, mask, metrics, withdrawn)
        : this;
  }

  private boolean isOver(TaskReleased release) {
    return withdrawn.filter(known -> known.isOf(release)).isPresent()
        || outcome.filter(ended -> settles(ended, release)).isPresent();
  }

  private static boolean settles(OutcomePublished ended, TaskReleased release) {
    return ended.outcome() instanceof Outcome.Completed || ended.attempt() > release.after();
  }

  private TaskStanding with(Event.OfTask event) {
    return switch (event) {
      case TaskReleased word -> with(word);
      case TaskWithdrawn word ->
          new TaskStanding(released, attempt, outcome, mask, metrics, Optional.of(word));
      case AttemptReported word -> with(word);
      case OutcomePublished word -> with(word);
      case MaskPublished word -> with(word);
      case MetricSampled word -> with(word);
      case AttemptLogged _ -> this;
    };
  }

  private TaskStanding with(TaskReleased event) {
    boolean old = released.filter(known -> isNewer(known, event)).isPresent();
    return old
        ? this
        : new TaskStanding(Optional.of(event), attempt, outcome, mask, metrics, withdrawn);
  }

  private static boolean isNewer(TaskReleased known, TaskReleased event) {
    return known.after() > event.after()
        || (known.after() == event.after() && known.at().isAfter(event.at()));
  }

  private static boolean isNewer(MetricSampled known, MetricSampled event) {
    return known.attempt() > event.attempt()
        || (known.attempt() == event.attempt() && known.at().isAfter(event.at()));
  }

  /**
   * An attempt's words count in the order of the log, whatever its clock shows: of a compacted log
   * only the last is left.
   */
  private TaskStanding with(AttemptReported event) {
    boolean old = attempt.filter(known -> known.attempt() > event.attempt()).isPresent();
    return old
        ? this
        : new TaskStanding(released, Optional.of(event), outcome, mask, metrics, withdrawn);
  }

  private TaskStanding with(OutcomePublished event) {
    boolean old = outcome.filter(known -> known.attempt() > event.attempt()).isPresent();
    return old
        ? this
        : new TaskStanding(released, attempt, Optional.of(event), mask, metrics, withdrawn);
  }

  private TaskStanding with(MaskPublished event) {
    return new TaskStanding(released, attempt, outcome, Optional.of(event), metrics, withdrawn);
  }

  /**
   * Of one attempt's samples of a step the last that it made counts, not the last to arrive: its
   * transaction may overtake what it said before.
   */
  private TaskStanding with(MetricSampled event) {
    MetricSampled known = metrics.get(event.step());
    return known != null && isNewer(known, event)
        ? this
        : new TaskStanding(
            released, attempt, outcome, mask, metrics.plus(event.step(), event), withdrawn);
  }
}
