package dev.espalier.domain.study;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in a training run, counted from its start: {@code 1ep}, {@code 500it} or {@code 40000im}.
 *
 * <p>What runs on more or fewer images, or in other batches, have in common is how many images they
 * have seen: of several ways to say where to rewind to, the number of samples carries over best
 * (Caron et al. 2020, supplement, table 1 and figure 7, where 3 × 1,280,000 samples are 2,500 steps
 * of 1,536 images on all of ImageNet and 5,000 of 768 on a tenth of it). Images are counted as a
 * batch counts them: one that is shown again, an epoch later, once more; its rotated copies, views
 * and crops not at all.
 *
 * @param amount how many, at least 0
 * @param unit of what
 */
public record TrainingPoint(long amount, Unit unit) {
  /** The beginning of training. */
  public static final TrainingPoint START = new TrainingPoint(0, Unit.ITERATIONS);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(ep|it|im)");

  /** What a point is counted in. */
  public enum Unit {
    /** Passes over the training set. */
    EPOCHS("ep"),
    /** Optimizer steps. */
    ITERATIONS("it"),
    /** Images seen. */
    IMAGES("im");

    private final String suffix;

    Unit(String suffix) {
      this.suffix = suffix;
    }

    private static Unit of(String suffix) {
      return Arrays.stream(values())
          .filter(unit -> unit.suffix.equals(suffix))
          .findFirst()
          .orElseThrow();
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

  /** The point after {@code amount} images were seen, in whole steps. */
  public static TrainingPoint images(long amount) {
    return new TrainingPoint(amount, Unit.IMAGES);
  }

  /**
   * The point that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException unless {@code text} is a number followed by {@code ep}, {@code
   *     it} or {@code im}
   */
  public static TrainingPoint parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a point in training such as 1ep or 500it or 40000im, got \"" + text + "\"");
    }
    return new TrainingPoint(Long.parseLong(matcher.group(1)), Unit.of(matcher.group(2)));
  }

  /**
   * The number of optimizer steps before this point.
   *
   * @param perEpoch the steps of an epoch, at least 1
   * @param batch the images of a step, at least 1: where images are counted, the step in which the
   *     last of them is seen is the last one before the point
   */
  public long steps(int perEpoch, int batch) {
    return switch (unit) {
      case EPOCHS -> Math.multiplyExact(amount, perEpoch);
      case ITERATIONS -> amount;
      case IMAGES -> Math.ceilDiv(amount, batch);
    };
  }

  @Override
  public String toString() {
    return amount + unit.suffix;
  }
}
