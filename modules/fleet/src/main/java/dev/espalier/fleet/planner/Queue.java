package dev.espalier.fleet.planner;

import dev.espalier.kafka.Backlog;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.LogException;
import dev.espalier.kafka.Topic;
import java.time.Duration;
import java.time.Instant;

/** Whether the log still holds tasks for the workers; asked of the broker once in a lock. */
final class Queue implements AutoCloseable {
  private final Backlog backlog;
  private final Duration interval;
  private Instant asked = Instant.MIN;
  private boolean drained;

  Queue(Connection connection, Duration interval) {
    this.backlog = Backlog.open(connection);
    this.interval = interval;
  }

  /**
   * Whether no record is waiting or being worked on; not while nobody knows.
   *
   * @throws LogException when the log will not tell
   */
  boolean isDrained(Instant now) {
    if (now.isAfter(asked.plus(interval))) {
      asked = now;
      drained = ask();
    }
    return drained;
  }

  private boolean ask() {
    try {
      return backlog.unfinished(Topic.TASKS) == 0;
    } catch (LogException e) {
      if (e.isRefusal()) {
        throw e;
      }
      return false; // asked again later
    }
  }

  @Override
  public void close() {
    backlog.close();
  }
}
