package dev.espalier.cli.text;

import java.time.Duration;
import java.util.Locale;

/** Writes single figures; the reader's locale changes nothing, so that reports can be compared. */
public final class Figures {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final double FEW = 0.1;

  private Figures() {}

  /**
   * A density as people say it: {@code 100 %}, {@code 51.2 %}, {@code 0.12 %}.
   *
   * @param fraction 0 to 1
   */
  public static String density(double fraction) {
    String format = fraction < FEW ? "%.2f" : "%.1f";
    String text = String.format(Locale.ROOT, format, fraction * 100);
    return text.replaceFirst("\\.?0+$", "") + " %";
  }

  /**
   * An accuracy or a difference of two in per cent, always with two decimals: {@code 91.25}.
   *
   * @param fraction 0 to 1
   */
  public static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f", fraction * 100);
  }

  /** A count with its thousands apart: {@code 1,320}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A time as {@code 42 s}, {@code 3:05 min} or {@code 1:02 h}, to the second or the minute. */
  public static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    return seconds < HOUR
        ? "%d:%02d min".formatted(seconds / MINUTE, seconds % MINUTE)
        : "%d:%02d h".formatted(seconds / HOUR, seconds % HOUR / MINUTE);
  }
}
