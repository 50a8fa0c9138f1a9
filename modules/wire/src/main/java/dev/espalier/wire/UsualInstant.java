package dev.espalier.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Optional;

/** Reads instants as they are usually written, in a tenth of the time of reading any. */
final class UsualInstant {
  private static final String FORM = "dddd-dd-ddTdd:dd:dd";
  private static final int DAY_SECONDS = 86_400;
  private static final int HOUR_SECONDS = 3_600;
  private static final int MINUTE_SECONDS = 60;
  private static final int NANO_DIGITS = 9;

  private UsualInstant() {}

  /**
   * The instant of {@code 2026-11-22T18:30:00.123Z}, with up to nine digits behind the point or
   * none; empty for everything else, also for instants that are written otherwise.
   */
  static Optional<Instant> read(String text) {
    int end = text.length() - 1;
    if (end < FORM.length() || text.charAt(end) != 'Z' || !hasForm(text)) {
      return Optional.empty();
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int nanos = nanos(text, end);
    if (month < 1
        || month > 12
        || day < 1
        || day > Month.of(month).length(Year.isLeap(year))
        || hour > 23
        || minute > 59
        || second > 59
        || nanos < 0) {
      return Optional.empty();
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Optional.of(
        Instant.ofEpochSecond(
            days * DAY_SECONDS
                + (long) hour * HOUR_SECONDS
                + (long) minute * MINUTE_SECONDS
                + second,
            nanos));
  }

  private static boolean hasForm(String text) {
    for (int i = 0; i < FORM.length(); i++) {
      char expected = FORM.charAt(i);
      boolean fits = expected == 'd' ? isDigit(text.charAt(i)) : text.charAt(i) == expected;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  /** What stands behind the point, in nanoseconds; negative where that is no such number. */
  private static int nanos(String text, int end) {
    int point = FORM.length();
    if (point == end) {
      return 0;
    }
    int digits = end - point - 1;
    if (text.charAt(point) != '.' || digits < 1 || digits > NANO_DIGITS) {
      return -1;
    }
    for (int i = point + 1; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
    }
    int nanos = number(text, point + 1, end);
    for (int i = digits; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    return nanos;
  }
}
