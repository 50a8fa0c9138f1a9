package dev.espalier.fleet.planner;

import dev.espalier.fleet.TaskKind;
import dev.espalier.kafka.Backlog;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.LogException;
import dev.espalier.kafka.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Which queues the log holds nothing in any more; asked of the broker once in a lock. */
final class Queues implements AutoCloseable {
  private final Backlog backlog;
  private final Duration interval;
  private Instant asked = Instant.MIN;
  private Set<TaskKind> drained = Set.of();

  Queues(Connection connection, Duration interval) {
    this.backlog = Backlog.open(connection);
    this.interval = interval;
  }

  /** The kinds of which no record is waiting or being worked on; none while nobody knows. */
  Set<TaskKind> drained(Instant now) {
    if (now.isAfter(asked.plus(interval))) {
      asked = now;
      drained = ask();
    }
    return drained;
  }

  private Set<TaskKind> ask() {
    Set<TaskKind> empty = EnumSet.noneOf(TaskKind.class);
    try {
      for (TaskKind kind : TaskKind.values()) {
        if (backlog.unfinished(topicOf(kind)) == 0) {
          empty.add(kind);
        }
      }
      return empty;
    } catch (LogException e) {
      return Set.of(); // asked again later
    }
  }

  private static Topic topicOf(TaskKind kind) {
    return switch (kind) {
      case PRUNE -> Topic.PRUNE_TASKS;
      case EVALUATE -> Topic.EVALUATE_TASKS;
    };
  }

  @Override
  public void close() {
    backlog.close();
  }
}
