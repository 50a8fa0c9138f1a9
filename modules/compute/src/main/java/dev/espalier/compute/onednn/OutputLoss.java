package dev.espalier.compute.onednn;

import dev.espalier.compute.plan.CrossEntropy;
import dev.espalier.compute.plan.Loss;
import java.nio.FloatBuffer;

/** The loss of a plan's float32 logits: computed in float64, its gradient rounded to float32. */
final class OutputLoss {
  private final FloatBuffer logits; // (batch, answers)
  private final FloatBuffer gradient; // (batch, answers)
  private final double[] outputs;
  private final double[] derivatives;
  private final CrossEntropy ofLabels;
  private Loss loss;

  OutputLoss(int batch, FloatBuffer logits, FloatBuffer gradient) {
    this.logits = logits;
    this.gradient = gradient;
    this.outputs = new double[logits.limit()];
    this.derivatives = new double[logits.limit()];
    this.ofLabels = new CrossEntropy(batch, logits.limit() / batch);
    this.loss = ofLabels;
  }

  void labels(int[] labels, double smoothing) {
    ofLabels.labels(labels, smoothing);
    loss = ofLabels;
  }

  void become(Loss other) {
    loss = other;
  }

  /** Writes the gradient; returns the loss in nats. */
  double run() {
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = logits.get(i);
    }
    double mean = loss.run(outputs, derivatives);
    for (int i = 0; i < outputs.length; i++) {
      gradient.put(i, (float) derivatives[i]);
    }
    return mean;
  }
}
