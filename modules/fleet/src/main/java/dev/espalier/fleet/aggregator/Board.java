package dev.espalier.fleet.aggregator;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Standings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where the newest standings hang for everybody to see. Safe for use by many threads. */
public final class Board {
  private volatile View view = new View(0, false, Standings.EMPTY);

  /**
   * What the board shows at a moment.
   *
   * @param version how many events it is made of
   * @param complete whether everything is in it that stood on the log when following it began
   * @param standings what they add up to
   */
  public record View(long version, boolean complete, Standings standings) {}

  /** What it shows now. */
  public View view() {
    return view;
  }

  /** What the events so far add up to. */
  public Standings standings() {
    return view.standings();
  }

  /** Adds events, in their order; for the one thread that follows the log. */
  synchronized void add(List<Event> events) {
    Standings standings = view.standings();
    for (Event event : events) {
      standings = standings.plus(event);
    }
    view = new View(view.version() + events.size(), view.complete(), standings);
    notifyAll();
  }

  synchronized void complete() {
    if (!view.complete()) {
      view = new View(view.version(), true, view.standings());
      notifyAll();
    }
  }

  /**
   * Waits until what is shown pleases {@code condition}.
   *
   * @return the view that does; empty when none did within {@code limit}
   * @throws InterruptedException when the thread is interrupted meanwhile
   */
  public synchronized Optional<View> await(Predicate<View> condition, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.test(view)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left / 1_000_000 + 1);
    }
    return Optional.of(view);
  }
}
