package dev.espalier.compute.data;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Augmentation;

/** A linear classifier on normalised pixels, trained by stochastic gradient descent. */
final class PixelClassifier {
  private static final int VALUES = Records.CIFAR.length();

  private final double[][] weights; // (class, value and bias)

  private PixelClassifier(int classes) {
    weights = new double[classes][VALUES + 1];
  }

  /** The share of test images that it gets right. */
  static double accuracyOn(Dataset data, int epochs, double learningRate) {
    PixelClassifier classifier = new PixelClassifier(data.classes());
    Augmenter input = new Augmenter(data, Augmentation.STANDARD, 0);
    float[] pixels = new float[VALUES];
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int index : Draws.of(1, "classifier", epoch).permutation(data.train().count())) {
        input.plain(data.train(), index, pixels, 0);
        classifier.step(pixels, data.train().label(index), learningRate / (1 + epoch));
      }
    }
    int right = 0;
    for (int i = 0; i < data.test().count(); i++) {
      input.plain(data.test(), i, pixels, 0);
      right += classifier.answer(pixels) == data.test().label(i) ? 1 : 0;
    }
    return (double) right / data.test().count();
  }

  private double[] scores(float[] pixels) {
    double[] scores = new double[weights.length];
    for (int c = 0; c < scores.length; c++) {
      double score = weights[c][VALUES];
      for (int i = 0; i < pixels.length; i++) {
        score += weights[c][i] * pixels[i];
      }
      scores[c] = score;
    }
    return scores;
  }

  private int answer(float[] pixels) {
    double[] scores = scores(pixels);
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return best;
  }

  private void step(float[] pixels, int label, double learningRate) {
    double[] scores = scores(pixels);
    double most = scores[answer(pixels)];
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - most);
    }
    for (int c = 0; c < scores.length; c++) {
      double slope = Math.exp(scores[c] - most) / sum - (c == label ? 1 : 0);
      double rate = learningRate * slope / Math.sqrt(VALUES);
      for (int i = 0; i < pixels.length; i++) {
        weights[c][i] -= rate * pixels[i];
      }
      weights[c][VALUES] -= rate;
    }
  }
}
