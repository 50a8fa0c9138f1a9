package dev.espalier.fleet.worker;

import dev.espalier.domain.event.LogLine;
import dev.espalier.domain.event.LogLine.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an attempt tells people about its work: kept for up to a second and then written together,
 * so that a task of some milliseconds has one word. Safe for use by many threads.
 */
final class Journal {
  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();
  private static final int LONGEST = 8_000; // characters
  private static final int MOST = 6; // lines in a word, which stays under 64 KiB

  private final Clock clock;
  private final Consumer<List<LogLine>> out;
  private final List<LogLine> waiting = new ArrayList<>();
  private long written = System.nanoTime();

  /**
   * A journal.
   *
   * @param out where lines go; must not block
   */
  Journal(Clock clock, Consumer<List<LogLine>> out) {
    this.clock = clock;
    this.out = out;
  }

  void info(String text) {
    add(Level.INFO, text);
  }

  void warn(String text) {
    add(Level.WARN, text);
  }

  void error(String text) {
    add(Level.ERROR, text);
  }

  private synchronized void add(Level level, String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    waiting.add(new LogLine(clock.instant(), level, cut));
    if (waiting.size() == MOST) {
      write();
    } else {
      writeWhenDue();
    }
  }

  /** Writes what has waited for a second. */
  synchronized void writeWhenDue() {
    if (System.nanoTime() - written >= INTERVAL) {
      write();
    }
  }

  /** Writes what waits. */
  synchronized void write() {
    if (!waiting.isEmpty()) {
      out.accept(List.copyOf(waiting));
      waiting.clear();
      written = System.nanoTime();
    }
  }
}
