package dev.espalier.kafka;

import dev.espalier.domain.event.Event.AttemptReported;
import dev.espalier.domain.event.Event.Phase;
import dev.espalier.domain.event.Event.TaskReleased;
import dev.espalier.domain.task.Progress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a task that was handed to a worker is the worker's to run, by what stands on the
 * log: tasks are delivered at least once, effects happen once.
 *
 * <p>Keeps a table of the newest words of attempts and of the tasks that have outcomes, on a thread
 * of its own. Safe for use by many threads.
 */
public final class Attempts implements AutoCloseable {
  private final Connection connection;
  private final Sharing sharing;
  private final Clock clock;
  private final AttemptTable table;
  private final Pen words;

  private Attempts(
      Connection connection, Sharing sharing, Clock clock, AttemptTable table, Pen words) {
    this.connection = connection;
    this.sharing = sharing;
    this.clock = clock;
    this.table = table;
    this.words = words;
  }

  /**
   * Begins to follow the log.
   *
   * @param clock by which heartbeats are young or old; the same time everywhere, within a fraction
   *     of the lock
   * @return once the table has caught up
   * @throws LogException when the log cannot be read
   */
  public static Attempts open(Connection connection, Sharing sharing, Clock clock) {
    AttemptTable table = new AttemptTable(connection);
    try {
      table.start();
      return new Attempts(connection, sharing, clock, table, Pen.plain(connection, "attempts"));
    } catch (LogException e) {
      table.close();
      throw e;
    }
  }

  /**
   * Looks the task up, and claims it unless it is settled or another attempt at it lives. Blocks
   * for some milliseconds.
   *
   * <p>An attempt that the release answers ({@link TaskReleased#after}) counts as dead, however
   * young its heartbeat: the planner knows.
   *
   * @param worker who this is; goes into every word of the attempt, so it must differ from that of
   *     any other process
   * @throws LogException when the log cannot be read or written
   */
  public Opening claim(Delivery delivery, String worker) {
    TaskReleased released = delivery.released();
    Standing standing = table.lookUp(released.task());
    if (standing.settles(released)) {
      return new Opening.Completed();
    }
    return standing
        .holder(released, clock.instant(), sharing.lock())
        .<Opening>map(other -> new Opening.HeldElsewhere(Optional.of(other.worker())))
        .orElseGet(() -> takeOver(delivery, worker));
  }

  private Opening takeOver(Delivery delivery, String worker) {
    Pen pen = Pen.transactional(connection, delivery.released().task().toString());
    Opening opening = new Opening.Completed();
    try {
      opening = takeOver(delivery, worker, pen);
      return opening;
    } finally {
      if (!(opening instanceof Opening.Claimed)) {
        pen.close();
      }
    }
  }

  /**
   * The fence comes first: only then does no older attempt complete the task any more, and only
   * then is it worth looking whether one has. An attempt that claimed meanwhile is fenced, so it
   * cannot be left the task.
   */
  private Opening takeOver(Delivery delivery, String worker, Pen pen) {
    if (pen.fence() instanceof Commit.Fenced) {
      return new Opening.HeldElsewhere(Optional.empty());
    }
    TaskReleased released = delivery.released();
    Standing standing = table.lookUp(released.task());
    if (standing.settles(released)) {
      return new Opening.Completed();
    }
    AttemptReported claim = claim(released, standing, worker);
    Envelope envelope =
        new Envelope("/espalier/worker/" + worker, delivery.id(), delivery.traceparent());
    return switch (pen.commit(List.of(claim), envelope)) {
      case Commit.Fenced fenced -> new Opening.HeldElsewhere(Optional.empty());
      case Commit.Committed committed ->
          new Opening.Claimed(new Attempt(released, claim, pen, this, envelope));
    };
  }

  private AttemptReported claim(TaskReleased released, Standing standing, String worker) {
    int number = 1 + Math.max(standing.highest(), released.after());
    return new AttemptReported(
        clock.instant(),
        released.study(),
        released.task(),
        number,
        worker,
        Phase.CLAIMED,
        Progress.NONE,
        standing.word().flatMap(AttemptReported::checkpoint),
        Optional.empty());
  }

  /** The pen for words outside transactions, shared by all attempts. */
  Pen words() {
    return words;
  }

  Clock clock() {
    return clock;
  }

  /** The highest attempt that has been heard of. */
  int highest(TaskReleased released) {
    return table.known(released.task()).highest();
  }

  /** The figures of its clients. */
  public List<ClientMetric> metrics() {
    return Stream.concat(table.metrics().stream(), words.metrics().stream()).toList();
  }

  /** Stops following. Attempts that are still open can only be closed. */
  @Override
  public void close() {
    words.close();
    table.close();
  }
}
