package dev.espalier.kafka;

import dev.espalier.domain.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Reads topics from their beginning into a sink, and goes on as they grow. Sees only what is
 * committed. Events of one task or study come in the order in which they were written; topics are
 * not ordered among each other.
 *
 * <p>All methods but {@link #wake} and {@link #metrics} belong to one thread, the owner's.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Follower implements AutoCloseable {
  /** Where the events go. */
  public interface Sink {
    /** Takes an event. Never twice the same place. */
    void accept(Event event, Place place);

    /** Told of a record that is no event of ours, which is skipped. */
    void unreadable(Place place, String reason);
  }

  private Follower() {}

  /**
   * Begins at the beginning.
   *
   * @throws LogException when the topics cannot be found
   */
  public static Follower open(Connection connection, Set<Topic> topics, Sink sink) {
    throw new UnsupportedOperationException(connection + " " + topics + sink);
  }

  /**
   * Hands on what has arrived, waiting for it at most {@code wait}.
   *
   * @return how many events were handed on
   */
  public int step(Duration wait) {
    throw new UnsupportedOperationException(wait.toString());
  }

  /** Whether everything that stood on the log when this was opened has been handed on. */
  public boolean caughtUp() {
    throw new UnsupportedOperationException();
  }

  /**
   * Steps until everything that stands on the log now has been handed on: up to the high watermark,
   * so that nothing hides behind another's open transaction.
   *
   * @throws LogException when that takes longer than {@code limit}
   */
  public void catchUp(Duration limit) {
    throw new UnsupportedOperationException(limit.toString());
  }

  /** The next place to be read in each partition. */
  public List<Place> positions() {
    throw new UnsupportedOperationException();
  }

  /** Interrupts a waiting {@link #step}, which then returns. May be called by any thread. */
  public void wake() {
    throw new UnsupportedOperationException();
  }

  /** The figures of its client. May be called by any thread. */
  public List<ClientMetric> metrics() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
