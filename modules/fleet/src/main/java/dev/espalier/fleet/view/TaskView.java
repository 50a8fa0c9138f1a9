package dev.espalier.fleet.view;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Task;
import dev.espalier.domain.task.TaskId;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a task but its samples.
 *
 * @param line the task in a line
 * @param content the work
 * @param studies the studies that have it in their graphs, by name
 * @param parents the tasks that it needs
 * @param attempt the newest word of its newest attempt; absent before the first
 * @param checkpoint where another attempt would go on from; absent before the first checkpoint
 * @param outcome how it ended; absent before that
 */
public record TaskView(
    TaskLine line,
    Task content,
    List<StudyId> studies,
    List<Parent> parents,
    Optional<AttemptReported> attempt,
    Optional<Digest> checkpoint,
    Optional<OutcomePublished> outcome) {
  /**
   * A task that another needs.
   *
   * @param title what it does, in words
   */
  public record Parent(TaskId id, String title, State state) {}

  /** Copies the lists. */
  public TaskView {
    studies = List.copyOf(studies);
    parents = List.copyOf(parents);
  }
}
