package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.util.List;

/**
 * The active planner's pen. Opening one fences the planner before: of any number that are open,
 * only the newest writes.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class PlannerLog implements AutoCloseable {
  private PlannerLog() {}

  /**
   * Opens the log for writing and fences every older planner. What the older one committed before
   * can be read from now on; it commits nothing more.
   *
   * @throws LogException when the log cannot be reached
   */
  public static PlannerLog open(Connection connection) {
    throw new UnsupportedOperationException(connection.toString());
  }

  /**
   * Writes {@code events} in one transaction, in their order.
   *
   * @return whether they stand on the log, or a newer planner has taken over
   * @throws LogException when the log cannot be written; whether the events stand is then not
   *     known: open a new one and read
   */
  public Commit publish(List<Event> events) {
    throw new UnsupportedOperationException(events.toString());
  }

  /** The figures of its client. */
  public List<ClientMetric> metrics() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
