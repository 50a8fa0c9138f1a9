package dev.espalier.kafka;

import java.time.Clock;
import java.util.List;

/**
 * Decides whether a task that was handed to a worker is the worker's to run, by what stands on the
 * log: tasks are delivered at least once, effects happen once.
 *
 * <p>Keeps a table of the newest words of attempts and of the tasks that have outcomes, on a thread
 * of its own. Safe for use by many threads.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Attempts implements AutoCloseable {
  private Attempts() {}

  /**
   * Begins to follow the log.
   *
   * @param clock by which heartbeats are young or old; the same time everywhere, within a fraction
   *     of the lock
   * @return once the table has caught up
   * @throws LogException when the log cannot be read
   */
  public static Attempts open(Connection connection, Sharing sharing, Clock clock) {
    throw new UnsupportedOperationException(connection + " " + sharing + clock);
  }

  /**
   * Looks the task up, and claims it unless it is completed or another attempt at it lives. Blocks
   * for some milliseconds.
   *
   * @param worker who this is; goes into every word of the attempt
   * @return what was found. A task that {@code worker} itself holds under the same name is held
   *     elsewhere too
   * @throws LogException when the log cannot be read or written
   */
  public Opening claim(Delivery delivery, String worker) {
    throw new UnsupportedOperationException(delivery + " " + worker);
  }

  /** The figures of its clients. */
  public List<ClientMetric> metrics() {
    throw new UnsupportedOperationException();
  }

  /**
   * Stops following. Attempts that are still open stay usable for nothing but {@link
   * Attempt#close}.
   */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
