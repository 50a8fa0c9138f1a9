package dev.espalier.compute.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Mean softmax cross-entropy −Σ q·log p with the smoothed labels q = (1 − ε)·1[class = label] + ε /
 * classes, and its gradient by the logits, (p − q) / batch. In double precision in between, by
 * StrictMath, whose bits no processor changes.
 */
final class SoftmaxLoss {
  private final int batch;
  private final int classes;
  private final FloatBuffer logits; // (batch, classes)
  private final FloatBuffer gradient; // (batch, classes)
  private final int[] labels;
  private final double[] exponentials;
  private double smoothing;

  SoftmaxLoss(int batch, int classes, FloatBuffer logits, FloatBuffer gradient) {
    this.batch = batch;
    this.classes = classes;
    this.logits = logits;
    this.gradient = gradient;
    this.labels = new int[batch];
    this.exponentials = new double[classes];
  }

  void labels(int[] given, double share) {
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

  /** Writes the gradient; returns the loss in nats. */
  double run() {
    double loss = 0;
    for (int image = 0; image < batch; image++) {
      loss += run(image * classes, labels[image]);
    }
    return loss / batch;
  }

  private double run(int row, int label) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      largest = Math.max(largest, logits.get(row + i));
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      exponentials[i] = StrictMath.exp((double) logits.get(row + i) - largest);
      sum += exponentials[i];
    }
    double expected = 0; // Σ q·(logit − largest)
    for (int i = 0; i < classes; i++) {
      double target = (i == label ? 1 - smoothing : 0) + smoothing / classes;
      expected += target == 0 ? 0 : target * ((double) logits.get(row + i) - largest);
      gradient.put(row + i, (float) ((exponentials[i] / sum - target) / batch));
    }
    return StrictMath.log(sum) - expected;
  }
}
