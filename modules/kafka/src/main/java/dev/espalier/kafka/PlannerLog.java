package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.OutcomePublished;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The active planner's pen. Opening one fences the planner before: of any number that are open,
 * only the newest writes.
 */
public final class PlannerLog implements AutoCloseable {
  /** What planners fence each other by. */
  static final String IDENTITY = "planner";

  private static final Envelope ENVELOPE = Envelope.from("/espalier/planner");

  private final Connection connection;
  private final Pen pen;

  private PlannerLog(Connection connection, Pen pen) {
    this.connection = connection;
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
      return new PlannerLog(connection, pen);
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

  /**
   * Ends a task in place of its attempts: fences them first, so that none of them ends it too, and
   * none claims it meanwhile.
   *
   * @param isDue asked once they are fenced, to be answered by all that the log says then: whether
   *     the task is still to be ended
   * @return {@link Commit.Fenced} when it was not, or an attempt at it began at this moment
   * @throws LogException when the log cannot be written; whether the outcome stands is then not
   *     known
   */
  public Commit end(OutcomePublished outcome, BooleanSupplier isDue) {
    try (Pen attempts = Pen.transactional(connection, outcome.task().toString())) {
      return attempts.fence() instanceof Commit.Committed && isDue.getAsBoolean()
          ? attempts.commit(List.of(outcome), ENVELOPE)
          : new Commit.Fenced();
    }
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
