package dev.espalier.domain.event;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What a study has spent, by what stands on the log. A task counts for one study, however many want
 * it: the one that it was planned for when it was last released. What was known before a study came
 * costs it nothing.
 *
 * @param workerTime for how long workers were at its tasks, as far as they told: all attempts,
 *     those that came to nothing too
 * @param tasks how many tasks were begun
 */
public record Spending(Duration workerTime, int tasks) {
  /** Nothing yet. */
  public static final Spending NONE = new Spending(Duration.ZERO, 0);

  /**
   * What {@code study} has spent on one task.
   *
   * @param release its newest release
   * @param attempt the newest word of its highest attempt
   * @param outcome how it ended
   */
  public static Spending of(
      StudyId study,
      Optional<TaskReleased> release,
      Optional<AttemptReported> attempt,
      Optional<OutcomePublished> outcome) {
    boolean again = release.filter(known -> known.after() >= highest(attempt, outcome)).isPresent();
    Optional<StudyId> planned =
        again
            ? release.map(TaskReleased::study)
            : attempt.map(AttemptReported::study).or(() -> outcome.map(OutcomePublished::study));
    return planned.equals(Optional.of(study))
        ? new Spending(longest(told(study, attempt), computed(study, outcome)), 1)
        : NONE;
  }

  private static int highest(
      Optional<AttemptReported> attempt, Optional<OutcomePublished> outcome) {
    return Math.max(
        attempt.map(AttemptReported::attempt).orElse(0),
        outcome.map(OutcomePublished::attempt).orElse(0));
  }

  private static Duration told(StudyId study, Optional<AttemptReported> attempt) {
    return attempt
        .filter(word -> word.study().equals(study))
        .map(AttemptReported::workerTime)
        .orElse(Duration.ZERO);
  }

  /** What a task took that was done before its first heartbeat was due. */
  private static Duration computed(StudyId study, Optional<OutcomePublished> outcome) {
    return outcome
        .filter(ended -> ended.study().equals(study))
        .map(OutcomePublished::outcome)
        .map(ended -> ended instanceof Outcome.Completed done ? done.cost().time() : Duration.ZERO)
        .orElse(Duration.ZERO);
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Both together. */
  public Spending plus(Spending other) {
    return new Spending(workerTime.plus(other.workerTime), tasks + other.tasks);
  }
}
