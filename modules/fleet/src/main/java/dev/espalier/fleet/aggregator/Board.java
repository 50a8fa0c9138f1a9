package dev.espalier.fleet.aggregator;

import dev.espalier.domain.event.Standings;
import dev.espalier.kafka.Heard;
import dev.espalier.kafka.Positions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where the newest standings hang for everybody to see. Safe for use by many threads. */
public final class Board {
  private static final long RECENT = 16 << 20;

  private volatile View view;

  /**
   * What the board shows at a moment.
   *
   * @param version how many events it is made of
   * @param complete whether everything is in it that stood on the log when following it began
   * @param standings what they add up to
   * @param recent the newest of them
   * @param trails the newest words of all attempts
   */
  public record View(
      long version, boolean complete, Standings standings, Recent recent, Trails trails) {}

  /** A board that remembers the newest 16 MiB of events as they came. */
  public Board() {
    this(RECENT);
  }

  /**
   * An empty board.
   *
   * @param recent how many bytes of the newest events it remembers as they came, at most
   */
  public Board(long recent) {
    view = new View(0, false, Standings.EMPTY, Recent.none(recent), Trails.NONE);
  }

  /** What it shows now. */
  public View view() {
    return view;
  }

  /** What the events so far add up to. */
  public Standings standings() {
    return view.standings();
  }

  /** Says where on the log the first event is read; before any is added. */
  synchronized void begin(Positions at) {
    view =
        new View(
            view.version(),
            view.complete(),
            view.standings(),
            view.recent().beginningAt(at),
            view.trails());
  }

  /**
   * Adds events, in their order; for the one thread that follows the log.
   *
   * @param reached how far that is behind them
   */
  synchronized void add(List<Heard> events, Positions reached) {
    Trails trails = view.trails();
    for (Heard heard : events) {
      trails = trails.plus(heard.event());
    }
    view =
        new View(
            view.version() + events.size(),
            view.complete(),
            view.standings().plus(events.stream().map(Heard::event).toList()),
            view.recent().plus(events, reached),
            trails);
    notifyAll();
  }

  synchronized void complete() {
    if (!view.complete()) {
      view = new View(view.version(), true, view.standings(), view.recent(), view.trails());
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
