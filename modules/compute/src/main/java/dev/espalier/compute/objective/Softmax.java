package dev.espalier.compute.objective;

/** The softmax of a row of scores, by StrictMath, whose bits no processor changes. */
final class Softmax {
  private Softmax() {}

  /**
   * Writes e^score ÷ Σ e^score for each of {@code count} scores from {@code at} on, where they may
   * stand themselves.
   *
   * @return log Σ e^score
   */
  static double shares(double[] scores, int at, int count, double[] shares) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      largest = Math.max(largest, scores[i]);
    }
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      shares[i] = StrictMath.exp(scores[i] - largest);
      sum += shares[i];
    }
    for (int i = at; i < at + count; i++) {
      shares[i] /= sum;
    }
    return largest + StrictMath.log(sum);
  }

  /**
   * Writes {@code weight} times the gradient of −log of the share of score {@code target}, which is
   * counted from {@code at}.
   *
   * @return {@code weight} times −log of that share
   */
  static double surprise(
      double[] scores, int at, int count, int target, double weight, double[] gradient) {
    double own = scores[at + target];
    double all = shares(scores, at, count, gradient);
    gradient[at + target] -= 1;
    for (int i = at; i < at + count; i++) {
      gradient[i] *= weight;
    }
    return weight * (all - own);
  }
}
