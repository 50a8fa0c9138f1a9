package dev.espalier.compute.probe;

/** What the scores that an image has for each class cost, its own class being known. */
enum ClassLoss {
  /** Softmax cross-entropy, in nats. */
  CROSS_ENTROPY {
    @Override
    double slopes(double[][] scores, int image, int label) {
      double most = Double.NEGATIVE_INFINITY;
      for (double[] score : scores) {
        most = Math.max(most, score[image]);
      }
      double right = scores[label][image] - most;
      double sum = 0;
      for (double[] score : scores) {
        score[image] = Math.exp(score[image] - most);
        sum += score[image];
      }
      for (double[] score : scores) {
        score[image] /= sum;
      }
      scores[label][image] -= 1;
      return Math.log(sum) - right;
    }
  },

  /**
   * One class against the rest: the sum over the classes of max(0, 1 − y · score)², y being 1 for
   * the image's own class and −1 for the others.
   */
  SQUARED_HINGE {
    @Override
    double slopes(double[][] scores, int image, int label) {
      double loss = 0;
      for (int c = 0; c < scores.length; c++) {
        double sign = c == label ? 1 : -1;
        double lacking = Math.max(0, 1 - sign * scores[c][image]);
        loss += lacking * lacking;
        scores[c][image] = -2 * sign * lacking;
      }
      return loss;
    }
  };

  /**
   * The loss of one image.
   *
   * @param scores (class, image); those of {@code image} become the loss's slopes
   * @param label the image's class
   */
  abstract double slopes(double[][] scores, int image, int label);
}
