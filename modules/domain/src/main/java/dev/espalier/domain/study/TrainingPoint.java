package dev.espalier.domain.study;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in a training run, counted from its start: {@code 1ep} or {@code 500it}.
 *
 * @param amount how many, at least 0
 * @param unit of what
 */
public record TrainingPoint(long amount, Unit unit) {
  /** The beginning of training. */
  public static final TrainingPoint START = new TrainingPoint(0, Unit.ITERATIONS);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(ep|it)");

  /** What a point is counted in. */
  public enum Unit {
    /** Passes over the training set. */
    EPOCHS("ep"),
    /** Optimizer steps. */
    ITERATIONS("it");

    private final String suffix;

    Unit(String suffix) {
      this.suffix = suffix;
    }
  }

  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public TrainingPoint {
    if (amount < 0) {
      throw new IllegalArgumentException(
          "expected a point in training at or after its start, got " + amount + unit.suffix);
    }
  }

  /** The point after {@code amount} epochs. */
  public static TrainingPoint epochs(long amount) {
    return new TrainingPoint(amount, Unit.EPOCHS);
  }

  /** The point after {@code amount} optimizer steps. */
  public static TrainingPoint iterations(long amount) {
    return new TrainingPoint(amount, Unit.ITERATIONS);
  }

  /**
   * The point that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException unless {@code text} is a number followed by {@code ep} or
   *     {@code it}
   */
  public static TrainingPoint parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a point in training such as 1ep or 500it, got \"" + text + "\"");
    }
    long amount = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("ep") ? epochs(amount) : iterations(amount);
  }

  /** The number of optimizer steps before this point when an epoch has {@code perEpoch} of them. */
  public long steps(int perEpoch) {
    return unit == Unit.EPOCHS ? Math.multiplyExact(amount, perEpoch) : amount;
  }

  @Override
  public String toString() {
    return amount + unit.suffix;
  }
}
