package dev.espalier.fleet.planner;

import dev.espalier.kafka.Backlog;
import dev.espalier.kafka.Connection;
import dev.espalier.kafka.LogException;
import dev.espalier.kafka.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The queue of tasks: whether the log still holds any for the workers, asked of the broker once in
 * a lock. What the workers are done with and nobody needs any more, the log is then told to forget.
 */
final class Queue implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Executor ASIDE = task -> Thread.ofVirtual().name("queue").start(task);

  private final Backlog backlog;
  private final Duration interval;
  private Instant asked = Instant.MIN;
  private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(false);
  private boolean drained;

  /** Belongs to whoever asks: one at a time. */
  private long begin;

  Queue(Connection connection, Duration interval) {
    this.backlog = Backlog.open(connection, PATIENCE);
    this.interval = interval;
  }

  /**
   * Whether no record is waiting or being worked on; not while nobody knows. Does not wait for the
   * broker, which may take seconds: what it is asked now it answers to a later call.
   *
   * @param over the offset below which no release matters any more
   * @throws LogException when the log refuses to tell, or to forget
   */
  boolean isDrained(Instant now, LongSupplier over) {
    if (answer.isDone()) {
      drained = told();
      if (Duration.between(asked, now).abs().compareTo(interval) > 0) {
        asked = now;
        drained = false;
        long below = over.getAsLong();
        answer = CompletableFuture.supplyAsync(() -> ask(below), ASIDE);
      }
    }
    return drained;
  }

  private boolean told() {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof LogException log) {
        if (log.isRefusal()) {
          throw log;
        }
        return false; // asked again later
      }
      throw e;
    }
  }

  private boolean ask(long over) {
    Backlog.Extent extent = backlog.extent(Topic.TASKS);
    long forgotten = Math.min(over, extent.begin());
    if (forgotten > begin) {
      backlog.forget(Topic.TASKS, forgotten);
      begin = forgotten;
    }
    return extent.unfinished() == 0;
  }

  @Override
  public void close() {
    backlog.close();
  }
}
