package dev.espalier.domain.event;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.study.Tenant;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Outcome;
import dev.espalier.domain.task.Progress;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened, as it stands on the log. Each is whole: it can be read without the one
 * that it replaces.
 */
public sealed interface Event {
  /** When it happened, by the clock of whoever says so. */
  Instant at();

  /** The study that asked for it first. Other studies may share the work. */
  StudyId study();

  /** What happened to a task. */
  sealed interface OfTask extends Event {
    /** The task. */
    TaskId task();
  }

  /** What a submitter wants of a study. */
  enum Wish {
    /** That it runs. */
    RUN,
    /** That nothing of it is started. */
    PAUSE,
    /** That it stops for good. */
    CANCEL;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** How a study stands to the others of a fleet, where it does not take its turn with them. */
  enum Priority {
    /** Its tasks come before those of others. */
    URGENT;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Where an attempt stands. */
  enum Phase {
    /** It has taken the task, before any work. */
    CLAIMED,
    /** It is alive and computing. */
    RUNNING,
    /** It stopped politely and can be resumed. */
    PREEMPTED,
    /** It stopped for a reason that another attempt may not meet. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A study and what is wished of it. Replaces the wish before.
   *
   * @param at when
   * @param study its name
   * @param name what a person calls it; not part of its name by digest
   * @param content what was submitted, its data pinned
   * @param wish what is wanted
   * @param priority absent where it takes its turn with the others
   * @param budget what it may take; absent where as much as it needs
   * @param tenant whose it is; absent where nobody is told from others
   */
  record StudyWished(
      Instant at,
      StudyId study,
      String name,
      Study content,
      Wish wish,
      Optional<Priority> priority,
      Optional<Budget> budget,
      Optional<Tenant> tenant)
      implements Event {
    /** A study that is nobody's. */
    public StudyWished(
        Instant at,
        StudyId study,
        String name,
        Study content,
        Wish wish,
        Optional<Priority> priority,
        Optional<Budget> budget) {
      this(at, study, name, content, wish, priority, budget, Optional.empty());
    }

    /** A study that takes its turn with the others, and as much as it needs. */
    public StudyWished(Instant at, StudyId study, String name, Study content, Wish wish) {
      this(at, study, name, content, wish, Optional.empty(), Optional.empty());
    }

    /** Another wish for the same study, with the same budget. */
    public StudyWished then(Instant later, Wish next) {
      return new StudyWished(
          later, study, name, content, next, priority, budget.map(known -> known.from(at)), tenant);
    }

    /** When the study is to end; absent where it has time. */
    public Optional<Instant> deadline() {
      return budget.flatMap(Budget::deadline).map(deadline -> deadline.from(at));
    }

    /** Whether its tasks come before those of others. */
    public boolean comesFirst() {
      return priority.equals(Optional.of(Priority.URGENT));
    }
  }

  /**
   * A study's budget is spent, and it ends with what it has: no more is begun for it, and what is
   * under way for it alone stops at the next step. Said once for each wish that has a budget, by
   * the planner, so that no reader goes by a clock of its own. Wished for anew, the study goes on.
   *
   * @param at when
   * @param study which
   * @param wished when the wish was made that this ends; a later one it does not
   * @param limit what was spent; of several the first of the enum
   */
  record BudgetSpent(Instant at, StudyId study, Instant wished, Budget.Limit limit)
      implements Event {
    /** Whether it ends {@code wish}. */
    public boolean isOf(StudyWished wish) {
      return study.equals(wish.study()) && wished.equals(wish.at());
    }
  }

  /**
   * A task whose parents are done: a worker may take it. Released again when an attempt left it
   * unfinished.
   *
   * @param at when
   * @param study the study that it was planned for
   * @param task its name
   * @param content the work
   * @param after the newest attempt that this release answers, so that none is answered twice; 0
   *     the first time
   */
  record TaskReleased(Instant at, StudyId study, TaskId task, Task content, int after)
      implements OfTask {
    /**
     * Checks the attempt.
     *
     * @throws IllegalArgumentException when {@code after} is negative
     */
    public TaskReleased {
      if (after < 0) {
        throw new IllegalArgumentException("expected an attempt of at least 0, got " + after);
      }
    }
  }

  /**
   * Nobody wants a task any more that was released: who has not begun it drops it, and who works on
   * it stops at the next step. Wanted again, it is released again.
   *
   * @param at when
   * @param study the study that it was planned for
   * @param task its name
   * @param released when the release was made that is taken back
   * @param after the newest attempt that this release answered; 0 for none
   * @param forGood whether every study that wanted it was cancelled, so that nobody is expected to
   *     go on from its checkpoint
   */
  record TaskWithdrawn(
      Instant at, StudyId study, TaskId task, Instant released, int after, boolean forGood)
      implements OfTask {
    /**
     * Checks the attempt.
     *
     * @throws IllegalArgumentException when {@code after} is negative
     */
    public TaskWithdrawn {
      if (after < 0) {
        throw new IllegalArgumentException("expected an attempt of at least 0, got " + after);
      }
    }

    /** That {@code release} is taken back. */
    public static TaskWithdrawn of(TaskReleased release, Instant at, boolean forGood) {
      return new TaskWithdrawn(
          at, release.study(), release.task(), release.at(), release.after(), forGood);
    }

    /** Whether it takes back {@code release}. */
    public boolean isOf(TaskReleased release) {
      return task.equals(release.task()) && released.equals(release.at());
    }
  }

  /**
   * The word of an attempt about itself. The highest claimed attempt of a task counts; a word of a
   * lower one is a zombie's.
   *
   * @param at when
   * @param study the study that the task was planned for
   * @param task the task
   * @param attempt its number, from 1
   * @param worker who
   * @param phase where it stands
   * @param progress how far it is
   * @param checkpoint the newest checkpoint of the task; absent before the first
   * @param failure why it stopped, in phase {@code failed}; in phase {@code running} what it waits
   *     for; absent otherwise
   * @param workerTime for how long workers have been at the task for this study, all attempts
   *     together, as far as this one knew of the others when it claimed
   */
  record AttemptReported(
      Instant at,
      StudyId study,
      TaskId task,
      int attempt,
      String worker,
      Phase phase,
      Progress progress,
      Optional<Digest> checkpoint,
      Optional<Failure> failure,
      Duration workerTime)
      implements OfTask {
    /** A word about no time. */
    public AttemptReported(
        Instant at,
        StudyId study,
        TaskId task,
        int attempt,
        String worker,
        Phase phase,
        Progress progress,
        Optional<Digest> checkpoint,
        Optional<Failure> failure) {
      this(at, study, task, attempt, worker, phase, progress, checkpoint, failure, Duration.ZERO);
    }

    /** The same, said at {@code other}. */
    public AttemptReported dated(Instant other) {
      return new AttemptReported(
          other, study, task, attempt, worker, phase, progress, checkpoint, failure, workerTime);
    }

    /**
     * The same as it counts for one who hears it and measures silence by his own clock: where the
     * clock of who said it is further ahead than it may be, it was said now.
     *
     * @param skew by how much clocks may differ
     */
    public AttemptReported heard(Instant now, Duration skew) {
      return at.isAfter(now.plus(skew)) ? dated(now) : this;
    }

    /**
     * As {@link #heard}, for one who hears words as soon as they are said: one that seems to be of
     * long ago is of now too.
     */
    public AttemptReported heardAtOnce(Instant now, Duration skew) {
      return at.plus(skew).isBefore(now) ? dated(now) : heard(now, skew);
    }
  }

  /**
   * A task ended, for good.
   *
   * @param at when
   * @param study the study that the task was planned for
   * @param task the task
   * @param attempt the attempt that ended it
   * @param worker who
   * @param outcome how
   */
  record OutcomePublished(
      Instant at, StudyId study, TaskId task, int attempt, String worker, Outcome outcome)
      implements OfTask {}

  /**
   * A mask was found.
   *
   * @param at when
   * @param study the study that the task was planned for
   * @param task the prune task that found it
   * @param objective what that was trained on
   * @param round the round that selected it, from 0
   * @param seed the task's seed
   * @param summary its name, its parent and its counts
   * @param bits the mask itself while its event stays under 64 KiB, else absent: it is in the store
   *     under its own digest in any case
   */
  record MaskPublished(
      Instant at,
      StudyId study,
      TaskId task,
      Objective objective,
      int round,
      long seed,
      MaskSummary summary,
      Optional<Mask> bits)
      implements OfTask {
    /**
     * The mask itself: its own bits, or those in {@code artifacts}; empty where it is in neither.
     */
    public Optional<Mask> bitsIn(Artifacts artifacts) {
      return bits.or(() -> artifacts.get(summary.digest()).map(Mask::parse));
    }
  }

  /**
   * Figures of a running task at a step. A repeated sample of a step replaces, and of several
   * attempts the highest counts.
   *
   * @param at when
   * @param study the study that the task was planned for
   * @param task the task
   * @param attempt whose
   * @param step after how many optimizer steps
   * @param values by name: {@code train_loss} in nats, {@code learning_rate}, {@code test_accuracy}
   *     0 to 1, {@code test_loss} in nats, {@code density} 0 to 1, {@code violations} removed
   *     weights that are not zero
   */
  record MetricSampled(
      Instant at, StudyId study, TaskId task, int attempt, long step, Map<String, Double> values)
      implements OfTask {
    /** Copies the values. */
    public MetricSampled {
      values = Map.copyOf(values);
    }
  }

  /**
   * What an attempt tells people about its work. Nothing depends on it: words that are lost, such
   * as the last of a process that was killed, are missed by nobody but readers.
   *
   * @param at when the last line was written
   * @param study the study that the task was planned for
   * @param task the task
   * @param attempt whose
   * @param worker who
   * @param lines at least one, in their order
   */
  record AttemptLogged(
      Instant at, StudyId study, TaskId task, int attempt, String worker, List<LogLine> lines)
      implements OfTask {
    /**
     * Copies the lines.
     *
     * @throws IllegalArgumentException when there is none
     */
    public AttemptLogged {
      lines = List.copyOf(lines);
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("expected at least one line of a log, got none");
      }
    }
  }
}
