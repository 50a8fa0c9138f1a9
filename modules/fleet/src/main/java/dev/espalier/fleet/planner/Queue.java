package dev.espalier.fleet.planner;

import dev.espalier.kafka.Backlog;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.LogException;
import dev.espalier.kafka.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The queue of tasks: whether the log still holds any for the workers, asked of the broker once in
 * a lock. What the workers are done with and nobody needs any more, the log is then told to forget.
 */
final class Queue implements AutoCloseable {
  /** The planner waits for the answer, and not long for a broker that is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Backlog backlog;
  private final Duration interval;
  private Instant asked = Instant.MIN;
  private boolean drained;
  private long begin;

  Queue(Connection connection, Duration interval) {
    this.backlog = Backlog.open(connection, PATIENCE);
    this.interval = interval;
  }

  /**
   * Whether no record is waiting or being worked on; not while nobody knows.
   *
   * @param over the offset below which no release matters any more
   * @throws LogException when the log refuses to tell, or to forget
   */
  boolean isDrained(Instant now, LongSupplier over) {
    if (now.isAfter(asked.plus(interval))) {
      asked = now;
      drained = false;
      try {
        ask(over.getAsLong());
      } catch (LogException e) {
        if (e.isRefusal()) {
          throw e;
        }
        // asked again later
      }
    }
    return drained;
  }

  private void ask(long over) {
    Backlog.Extent extent = backlog.extent(Topic.TASKS);
    drained = extent.unfinished() == 0;
    long forgotten = Math.min(over, extent.begin());
    if (forgotten > begin) {
      backlog.forget(Topic.TASKS, forgotten);
      begin = forgotten;
    }
  }

  @Override
  public void close() {
    backlog.close();
  }
}
