package dev.espalier.compute.objective;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Triplet loss with the hardest of each batch (Hermans et al. 2017, "In defense of the triplet
 * loss", eq. 5): each row is an anchor, drawn to the furthest row of the same image and away from
 * the nearest of another, by max(0, margin + x) or, softly, log(1 + e^x), where x is the difference
 * of the two Euclidean distances. Distances are roots of at least 1e-12. The mean over all rows, of
 * which one without a partner or without a stranger counts 0; of rows equally far the first is
 * taken.
 *
 * <p>Answers are the images' numbers. Outputs are embeddings as they are, not normalised.
 */
public final class TripletLoss implements BatchLoss {
  /** The usual margin. */
  public static final double MARGIN = 0.1;

  private static final double LEAST_SQUARE = 1e-12;

  private final int width;
  private final OptionalDouble margin;
  private int[] images = {};

  /**
   * The loss of embeddings of so many values.
   *
   * @param margin how much nearer the furthest partner is to be than the nearest stranger, at least
   *     0; soft where absent
   */
  public TripletLoss(int width, OptionalDouble margin) {
    this.width = width;
    this.margin = margin;
  }

  @Override
  public void begin(long step, int[] answers) {
    images = answers.clone();
  }

  @Override
  public double run(double[] outputs, double[] gradient) {
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (int anchor = 0; anchor < images.length; anchor++) {
      loss += run(anchor, outputs, gradient);
    }
    return loss / images.length;
  }

  private double run(int anchor, double[] outputs, double[] gradient) {
    int partner = -1;
    int stranger = -1;
    double furthest = Double.NEGATIVE_INFINITY;
    double nearest = Double.POSITIVE_INFINITY;
    for (int row = 0; row < images.length; row++) {
      double square = squaredDistance(outputs, anchor, row);
      if (images[row] != images[anchor] && !(square >= nearest)) {
        stranger = row;
        nearest = square;
      } else if (images[row] == images[anchor] && row != anchor && !(square <= furthest)) {
        partner = row;
        furthest = square;
      }
    }
    if (partner < 0 || stranger < 0) {
      return 0;
    }
    double difference = root(furthest) - root(nearest);
    double slope = slope(difference) / images.length;
    pull(anchor, partner, slope, outputs, gradient);
    pull(anchor, stranger, -slope, outputs, gradient);
    return value(difference);
  }

  private double squaredDistance(double[] outputs, int one, int other) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      double difference = outputs[one * width + i] - outputs[other * width + i];
      sum += difference * difference;
    }
    return sum;
  }

  private static double root(double square) {
    return Math.sqrt(Math.max(square, LEAST_SQUARE));
  }

  private double value(double difference) {
    if (margin.isPresent()) {
      return Math.max(0, margin.getAsDouble() + difference);
    }
    return Math.max(0, difference) + StrictMath.log1p(StrictMath.exp(-Math.abs(difference)));
  }

  private double slope(double difference) {
    if (margin.isPresent()) {
      return margin.getAsDouble() + difference > 0 ? 1 : 0;
    }
    return 1 / (1 + StrictMath.exp(-difference));
  }

  /** Adds {@code factor} times the gradient of the distance of two rows. */
  private void pull(int one, int other, double factor, double[] outputs, double[] gradient) {
    double square = squaredDistance(outputs, one, other);
    if (square <= LEAST_SQUARE) {
      return;
    }
    double scale = factor / Math.sqrt(square);
    for (int i = 0; i < width; i++) {
      double way = scale * (outputs[one * width + i] - outputs[other * width + i]);
      gradient[one * width + i] += way;
      gradient[other * width + i] -= way;
    }
  }
}
