package dev.espalier.compute.plan;

import java.util.Arrays;

/**
 * Mean softmax cross-entropy −Σ q·log p with the smoothed labels q = (1 − ε)·1[class = label] + ε /
 * classes, and its gradient by the logits, (p − q) / batch. By StrictMath, whose bits no processor
 * changes.
 */
public final class CrossEntropy implements Loss {
  private final int batch;
  private final int classes;
  private final int[] labels;
  private final double[] exponentials;
  private double smoothing;

  /** That of {@code batch} images and so many classes; every label is 0 at first. */
  public CrossEntropy(int batch, int classes) {
    this.batch = batch;
    this.classes = classes;
    this.labels = new int[batch];
    this.exponentials = new double[classes];
  }

  /**
   * Takes the class of each image.
   *
   * @param share ε
   * @throws IllegalArgumentException when there is not one for each image, or one is no class
   */
  public void labels(int[] given, double share) {
    if (given.length != batch) {
      throw new IllegalArgumentException(
          "expected " + batch + " labels, one an image, got " + given.length);
    }
    if (Arrays.stream(given).anyMatch(label -> label < 0 || label >= classes)) {
      throw new IllegalArgumentException(
          "expected labels from 0 to " + (classes - 1) + ", got " + Arrays.toString(given));
    }
    System.arraycopy(given, 0, labels, 0, batch);
    smoothing = share;
  }

  @Override
  public double run(double[] outputs, double[] gradient) {
    double loss = 0;
    for (int image = 0; image < batch; image++) {
      loss += run(outputs, gradient, image * classes, labels[image]);
    }
    return loss / batch;
  }

  private double run(double[] logits, double[] gradient, int row, int label) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      largest = Math.max(largest, logits[row + i]);
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      exponentials[i] = StrictMath.exp(logits[row + i] - largest);
      sum += exponentials[i];
    }
    double expected = 0; // Σ q·(logit − largest)
    for (int i = 0; i < classes; i++) {
      double target = (i == label ? 1 - smoothing : 0) + smoothing / classes;
      expected += target == 0 ? 0 : target * (logits[row + i] - largest);
      gradient[row + i] = (exponentials[i] / sum - target) / batch;
    }
    return StrictMath.log(sum) - expected;
  }
}
