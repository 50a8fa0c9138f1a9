package dev.espalier.domain.task;

import java.util.Locale;

/** The kinds of work, in the order in which they are released. */
public enum TaskKind {
  /** Cuts what was scored; a whole chain waits for its mask. */
  CUT,
  /** Scores a share of what a cut waits for. */
  SCORE,
  /** Trains and cuts; others wait for its mask. */
  PRUNE,
  /** Judges what was cut; nobody waits for it. */
  EVALUATE;

  /** The kind of {@code task}. */
  public static TaskKind of(Task task) {
    return switch (task) {
      case CutTask cut -> CUT;
      case ScoreTask score -> SCORE;
      case PruneTask prune -> PRUNE;
      case EvaluateTask evaluate -> EVALUATE;
    };
  }

  /** The word in messages and meters. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
