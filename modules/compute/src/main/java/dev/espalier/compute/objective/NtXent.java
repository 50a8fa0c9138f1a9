package dev.espalier.compute.objective;

import java.util.Arrays;

/**
 * The normalised temperature-scaled cross-entropy of SimCLR (Chen et al. 2020, "A simple framework
 * for contrastive learning", eq. 1): each row is to be told from all others by its partner, the
 * other view of the same image, by the cosines of their embeddings divided by the temperature. The
 * mean over all rows.
 *
 * <p>Two views an image, one after the other; answers are the images' numbers.
 */
public final class NtXent implements BatchLoss {
  private final int width;
  private final double temperature;

  /**
   * The loss of embeddings of so many values.
   *
   * @param temperature τ, above 0
   * @throws IllegalArgumentException when it is not
   */
  public NtXent(int width, double temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("expected a temperature above 0, got " + temperature);
    }
    this.width = width;
    this.temperature = temperature;
  }

  @Override
  public void begin(long step, int[] answers) {
    for (int row = 0; row < answers.length; row += 2) {
      if (row + 1 == answers.length || answers[row] != answers[row + 1]) {
        throw new IllegalArgumentException(
            "expected two views an image, one after the other, got " + Arrays.toString(answers));
      }
    }
  }

  @Override
  public double run(double[] outputs, double[] gradient) {
    Directions directions = new Directions(outputs, width);
    double[] byUnits = new double[outputs.length];
    double[] scores = new double[directions.rows()];
    double loss = 0;
    for (int row = 0; row < directions.rows(); row++) {
      loss += run(row, directions, scores, byUnits);
    }
    directions.gradient(byUnits, gradient);
    return loss;
  }

  private double run(int row, Directions directions, double[] scores, double[] byUnits) {
    int partner = row ^ 1;
    for (int other = 0; other < scores.length; other++) {
      scores[other] =
          other == row ? Double.NEGATIVE_INFINITY : directions.cosine(row, other) / temperature;
    }
    double loss = Softmax.surprise(scores, 0, scores.length, partner, 1.0 / scores.length, scores);
    for (int other = 0; other < scores.length; other++) {
      double factor = scores[other] / temperature;
      Rows.add(factor, directions.units(), other * width, byUnits, row * width, width);
      Rows.add(factor, directions.units(), row * width, byUnits, other * width, width);
    }
    return loss;
  }
}
