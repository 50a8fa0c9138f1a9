package dev.espalier.domain.event;

import java.time.Instant;
import java.util.Locale;

/**
 * A line of an attempt's log.
 *
 * @param at when it was written
 * @param level how much it matters
 * @param text the words; of a failure that nobody expected also where it came from, a line each
 */
public record LogLine(Instant at, Level level, String text) {
  /** How much a line matters. */
  public enum Level {
    /** All is as it should be. */
    INFO,
    /** The attempt waits, or could not do what it would have liked to. */
    WARN,
    /** The attempt ended by this. */
    ERROR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
