package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.util.List;

/**
 * The active planner's pen. Opening one fences the planner before: of any number that are open,
 * only the newest writes.
 */
public final class PlannerLog implements AutoCloseable {
  /** What planners fence each other by. */
  static final String IDENTITY = "planner";

  private static final Envelope ENVELOPE = Envelope.from("/espalier/planner");

  private final Pen pen;

  private PlannerLog(Pen pen) {
    this.pen = pen;
  }

  /**
   * Opens the log for writing and fences every older planner. What the older one committed before
   * can be read from now on; it commits nothing more.
   *
   * @throws LogException when the log cannot be reached
   */
  public static PlannerLog open(Connection connection) {
    Pen pen = Pen.transactional(connection, IDENTITY);
    try {
      // Fenced already: then the first publication says so.
      pen.fence();
      return new PlannerLog(pen);
    } catch (LogException e) {
      pen.close();
      throw e;
    }
  }

  /**
   * Writes {@code events} in one transaction, in their order.
   *
   * @return whether they stand on the log, or a newer planner has taken over
   * @throws LogException when the log cannot be written; whether the events stand is then not
   *     known: open a new one and read
   */
  public Commit publish(List<? extends Event> events) {
    return pen.commit(events, ENVELOPE);
  }

  /** The figures of its client. */
  public List<ClientMetric> metrics() {
    return pen.metrics();
  }

  @Override
  public void close() {
    pen.close();
  }
}
