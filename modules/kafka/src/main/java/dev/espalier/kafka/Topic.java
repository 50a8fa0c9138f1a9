package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.task.EvaluateTask;
import dev.espalier.domain.task.PruneTask;
import java.util.List;

/**
 * A topic of the log.
 *
 * @param suffix its name after the prefix
 * @param partitions how many partitions it is created with
 * @param kept how long its records stay
 */
public record Topic(String suffix, int partitions, Retention kept) {
  /** How long a topic keeps its records. */
  public enum Retention {
    /** The newest of each key, for ever. */
    COMPACTED,
    /** All, until the planner trims them. */
    TRIMMED,
    /** All, for a month. */
    TIMED
  }

  /** The pool of workers that a task goes to unless its study says otherwise. */
  public static final String POOL = "cpu";

  /** Studies and what is wished of them. One partition: its owner is the active planner. */
  public static final Topic STUDIES = new Topic("studies", 1, Retention.COMPACTED);

  /** Prune tasks that may be taken. One partition, so that workers share evenly. */
  public static final Topic PRUNE_TASKS = tasks(POOL, "prune");

  /** Evaluate tasks that may be taken. One partition, so that workers share evenly. */
  public static final Topic EVALUATE_TASKS = tasks(POOL, "evaluate");

  /** Bytes on a task topic that are no task, with the reason. */
  public static final Topic DEADLETTERS = new Topic("deadletters", 1, Retention.TIMED);

  /** The words of attempts about themselves; key task and attempt, partitioned by task. */
  public static final Topic ATTEMPTS = new Topic("attempts", 4, Retention.COMPACTED);

  /** How tasks ended. */
  public static final Topic OUTCOMES = new Topic("outcomes", 4, Retention.COMPACTED);

  /** Masks that were found. */
  public static final Topic MASKS = new Topic("masks", 4, Retention.COMPACTED);

  /** Figures of running tasks. */
  public static final Topic METRICS = new Topic("metrics", 4, Retention.TIMED);

  /** All topics, in the order in which they are created. */
  public static final List<Topic> ALL =
      List.of(
          STUDIES, PRUNE_TASKS, EVALUATE_TASKS, DEADLETTERS, ATTEMPTS, OUTCOMES, MASKS, METRICS);

  private static Topic tasks(String pool, String kind) {
    return new Topic("tasks." + pool + "." + kind, 1, Retention.TRIMMED);
  }

  /** Where {@code event} belongs. */
  public static Topic of(Event event) {
    return switch (event) {
      case Event.StudyWished wished -> STUDIES;
      case Event.TaskReleased released ->
          switch (released.content()) {
            case PruneTask prune -> PRUNE_TASKS;
            case EvaluateTask evaluate -> EVALUATE_TASKS;
          };
      case Event.AttemptReported reported -> ATTEMPTS;
      case Event.OutcomePublished published -> OUTCOMES;
      case Event.MaskPublished published -> MASKS;
      case Event.MetricSampled sampled -> METRICS;
    };
  }

  /** The full name on {@code connection}. */
  public String on(Connection connection) {
    return connection.prefix() + "." + suffix;
  }
}
