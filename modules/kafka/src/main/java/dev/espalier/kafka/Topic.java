package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
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

  /**
   * Studies, what is wished of them, and which ran out of what they may take. One partition: its
   * owner is the active planner.
   */
  public static final Topic STUDIES = new Topic("studies", 1, Retention.COMPACTED);

  /**
   * Tasks that may be taken, of both kinds. One partition, so that workers share evenly. And one
   * topic: a share group spreads its members over the partitions of all its topics, so that workers
   * would idle beside a full topic, and a second group needs a second consumer, which takes a task
   * behind the back of the one that works.
   */
  public static final Topic TASKS = new Topic("tasks." + POOL, 1, Retention.TRIMMED);

  /** Records that are no event of their topic, and tasks that were given up, with the reason. */
  public static final Topic DEADLETTERS = new Topic("deadletters", 1, Retention.TIMED);

  /**
   * The words of attempts about themselves, key task and attempt, and of the planner to them; all
   * of a task in one partition.
   */
  public static final Topic ATTEMPTS = new Topic("attempts", 4, Retention.COMPACTED);

  /** How tasks ended. */
  public static final Topic OUTCOMES = new Topic("outcomes", 4, Retention.COMPACTED);

  /** Masks that were found. */
  public static final Topic MASKS = new Topic("masks", 4, Retention.COMPACTED);

  /** Figures of running tasks. */
  public static final Topic METRICS = new Topic("metrics", 4, Retention.TIMED);

  /** What attempts tell people about their work. */
  public static final Topic LOGS = new Topic("logs", 4, Retention.TIMED);

  /** What is asked of workers. */
  public static final Topic WORKERS = new Topic("workers", 1, Retention.TIMED);

  /** Events from outside, as they were posted. One partition: whoever owns it heeds triggers. */
  public static final Topic EVENTS = new Topic("events", 1, Retention.TIMED);

  /** What events from outside did. */
  public static final Topic DECISIONS = new Topic("decisions", 1, Retention.TIMED);

  /** All topics, in the order in which they are created. */
  public static final List<Topic> ALL =
      List.of(
          STUDIES,
          TASKS,
          DEADLETTERS,
          ATTEMPTS,
          OUTCOMES,
          MASKS,
          METRICS,
          LOGS,
          WORKERS,
          EVENTS,
          DECISIONS);

  /** Where {@code event} belongs. */
  public static Topic of(Event event) {
    return switch (event) {
      case Event.StudyWished _ -> STUDIES;
      case Event.BudgetSpent _ -> STUDIES;
      case Event.TaskReleased _ -> TASKS;
      case Event.TaskWithdrawn _ -> ATTEMPTS;
      case Event.AttemptReported _ -> ATTEMPTS;
      case Event.OutcomePublished _ -> OUTCOMES;
      case Event.MaskPublished _ -> MASKS;
      case Event.MetricSampled _ -> METRICS;
      case Event.AttemptLogged _ -> LOGS;
    };
  }

  /** The full name on {@code connection}; for a task topic also that of its share group. */
  public String on(Connection connection) {
    return connection.prefix() + "." + suffix;
  }
}
