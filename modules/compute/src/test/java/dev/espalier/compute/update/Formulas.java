package dev.espalier.compute.update;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Optimizer;

/** The rules of {@link Optimizer} one value after the other, as a paper has them. */
final class Formulas {
  final double[] weights;
  final double[] moments;
  final double[] squares;
  private final double[] mask;
  private final Parameters parameters;

  Formulas(Parameters parameters) {
    this.parameters = parameters;
    this.weights = parameters.doubles(Buffer.WEIGHTS);
    this.mask = parameters.doubles(Buffer.MASK);
    this.moments = new double[weights.length];
    this.squares = new double[weights.length];
  }

  void apply(Update update, double[] given) {
    double[] g = new double[given.length];
    double sum = 0;
    for (int i = 0; i < g.length; i++) {
      g[i] = given[i] * mask[i];
      sum += g[i] * g[i];
    }
    double norm = Math.sqrt(sum);
    double largest = update.clipNorm().orElse(Double.POSITIVE_INFINITY);
    for (Slot slot : parameters.slots()) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        g[i] *= norm > largest ? largest / (norm + 1e-6) : 1;
      }
    }
    for (Slot slot : parameters.slots()) {
      double ratio = ratio(update, slot, g);
      for (int i = slot.offset(); i < slot.end(); i++) {
        move(update, i, g[i], slot.shape().size() > 1, ratio);
        weights[i] *= mask[i];
        moments[i] *= mask[i];
        squares[i] *= mask[i];
      }
    }
  }

  private void move(Update update, int i, double g, boolean matrix, double ratio) {
    double rate = update.learningRate();
    double decay = update.weightDecay();
    switch (update.optimizer()) {
      case Optimizer.Sgd(double momentum, boolean nesterov) -> {
        double decayed = g + decay * weights[i];
        moments[i] = momentum * moments[i] + decayed;
        weights[i] -= rate * (nesterov ? decayed + momentum * moments[i] : moments[i]);
      }
      case Optimizer.Adam(double beta1, double beta2, double epsilon) ->
          adapt(update, i, g + decay * weights[i], new double[] {beta1, beta2, epsilon});
      case Optimizer.AdamW(double beta1, double beta2, double epsilon) -> {
        weights[i] -= rate * decay * weights[i];
        adapt(update, i, g, new double[] {beta1, beta2, epsilon});
      }
      case Optimizer.Lars lars -> {
        double step = matrix ? rate * ratio * (g + decay * weights[i]) : rate * g;
        moments[i] = lars.momentum() * moments[i] + step;
        weights[i] -= moments[i];
      }
    }
  }

  private void adapt(Update update, int i, double g, double[] betas) {
    moments[i] = betas[0] * moments[i] + (1 - betas[0]) * g;
    squares[i] = betas[1] * squares[i] + (1 - betas[1]) * g * g;
    double mean = moments[i] / (1 - Math.pow(betas[0], (double) update.count()));
    double square = squares[i] / (1 - Math.pow(betas[1], (double) update.count()));
    weights[i] -= update.learningRate() * mean / (Math.sqrt(square) + betas[2]);
  }

  private double ratio(Update update, Slot slot, double[] g) {
    if (!(update.optimizer() instanceof Optimizer.Lars lars)) {
      return 1;
    }
    double ofWeights = 0;
    double ofGradients = 0;
    for (int i = slot.offset(); i < slot.end(); i++) {
      ofWeights += weights[i] * weights[i];
      ofGradients += g[i] * g[i];
    }
    double denominator =
        Math.sqrt(ofGradients) + update.weightDecay() * Math.sqrt(ofWeights) + lars.epsilon();
    return lars.trustCoefficient() * Math.sqrt(ofWeights) / denominator;
  }
}
