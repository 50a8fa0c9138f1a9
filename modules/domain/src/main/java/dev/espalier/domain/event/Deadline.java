package dev.espalier.domain.event;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a study is to end: {@code 36h} after it is submitted, or at {@code 2026-12-01T08:00:00Z}.
 *
 * <p>A duration counts from the newest submission, as {@code timeout 2h} counts from its own start:
 * who submits a study once more gives it that time once more. While it is paused it goes on
 * counting, since the person who set it waits for a result and not for the fleet. Who means one
 * moment, however often the study is submitted, says the moment.
 */
public sealed interface Deadline {
  /**
   * At a moment.
   *
   * @param at which
   */
  record At(Instant at) implements Deadline {
    @Override
    public Instant from(Instant submitted) {
      return at;
    }

    @Override
    public String toString() {
      return at.toString();
    }
  }

  /**
   * Some time after the study was submitted.
   *
   * @param time how long, at least a second
   */
  record After(Duration time) implements Deadline {
    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException when it is less than a second
     */
    public After {
      if (time.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException(
            "expected a deadline at least a second after the submission, got " + time);
      }
    }

    @Override
    public Instant from(Instant submitted) {
      return submitted.plus(time);
    }

    @Override
    public String toString() {
      return time.toSeconds() + "s";
    }
  }

  /** The moment, for a study that was submitted at {@code submitted}. */
  Instant from(Instant submitted);

  /**
   * The deadline that {@code text} says: a whole number and {@code s}, {@code m}, {@code h} or
   * {@code d}, or an instant in ISO 8601, in UTC.
   *
   * @throws IllegalArgumentException when it says none
   */
  static Deadline parse(String text) {
    Matcher time = Pattern.compile("(\\d{1,6})([smhd])").matcher(text);
    if (time.matches()) {
      long count = Long.parseLong(time.group(1));
      return new After(
          switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          });
    }
    try {
      return new At(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected a deadline such as 90m, 36h, 7d or 2026-12-01T08:00:00Z, got \"" + text + "\"",
          e);
    }
  }
}
