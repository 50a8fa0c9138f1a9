package dev.espalier.domain.task;

import java.util.List;

/**
 * One piece of work. Equal work has equal content, and so the same {@link TaskId}, whichever study
 * asks for it.
 */
public sealed interface Task permits PruneTask, ScoreTask, CutTask, EvaluateTask {
  /**
   * The revision of the method, part of every task's name: raised when a formula changes what a
   * task computes.
   */
  int METHOD = 1;

  /** What the task shares with the others of its seed. */
  Setting setting();

  /** The tasks whose outcomes this one needs, without repetition. */
  List<TaskId> parents();
}
