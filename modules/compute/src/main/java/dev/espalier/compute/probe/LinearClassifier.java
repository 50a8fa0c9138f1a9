package dev.espalier.compute.probe;

import dev.espalier.domain.task.Score;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The loss of a linear classifier on some features: its mean over the images plus λ ÷ 2 times the
 * squared weights, biases not counted. Its parameters are, for each class, a weight a feature and
 * the bias.
 */
final class LinearClassifier implements Lbfgs.Objective {
  private static final int BLOCK = 512; // images whose scores fit the first-level cache
  private static final int LIKELIEST = 5;

  private final Features features;
  private final int classes;
  private final ClassLoss loss;
  private final double decay;
  private final double[][] scores; // (class, image of the block)

  /**
   * The loss on {@code features}.
   *
   * @param loss of one image
   * @param decay λ
   */
  LinearClassifier(Features features, int classes, ClassLoss loss, double decay) {
    this.features = features;
    this.classes = classes;
    this.loss = loss;
    this.decay = decay;
    this.scores = new double[classes][BLOCK];
  }

  /** The number of parameters. */
  int size() {
    return classes * (features.width() + 1);
  }

  @Override
  public double valueAt(double[] parameters, double[] gradient) {
    Arrays.fill(gradient, 0);
    double sum = 0;
    for (int first = 0; first < features.count(); first += BLOCK) {
      int count = Math.min(BLOCK, features.count() - first);
      score(parameters, first, count);
      sum += slopes(first, count);
      collect(gradient, first, count);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= features.count();
    }
    return sum / features.count() + addDecay(parameters, gradient);
  }

  private void score(double[] parameters, int first, int count) {
    int stride = features.width() + 1;
    for (int c = 0; c < classes; c++) {
      Arrays.fill(scores[c], parameters[c * stride + features.width()]);
      for (int feature = 0; feature < features.width(); feature++) {
        addScaled(
            parameters[c * stride + feature], features.feature(feature), first, scores[c], count);
      }
    }
  }

  private static void addScaled(double factor, double[] from, int first, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] += factor * from[first + i];
    }
  }

  /** Turns the block's scores into the slopes of its loss, and gives that loss. */
  private double slopes(int first, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += loss.slopes(scores, i, features.label(first + i));
    }
    return sum;
  }

  private void collect(double[] gradient, int first, int count) {
    int stride = features.width() + 1;
    for (int c = 0; c < classes; c++) {
      for (int feature = 0; feature < features.width(); feature++) {
        gradient[c * stride + feature] +=
            product(scores[c], features.feature(feature), first, count);
      }
      for (int i = 0; i < count; i++) {
        gradient[c * stride + features.width()] += scores[c][i];
      }
    }
  }

  /** Four sums side by side, so that no addition waits for the one before. */
  private static double product(double[] a, double[] b, int first, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      s0 += a[i] * b[first + i];
      s1 += a[i + 1] * b[first + i + 1];
      s2 += a[i + 2] * b[first + i + 2];
      s3 += a[i + 3] * b[first + i + 3];
    }
    for (; i < count; i++) {
      s0 += a[i] * b[first + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private double addDecay(double[] parameters, double[] gradient) {
    int stride = features.width() + 1;
    double squares = 0;
    for (int i = 0; i < parameters.length; i++) {
      boolean bias = i % stride == features.width();
      squares += bias ? 0 : parameters[i] * parameters[i];
      gradient[i] += bias ? 0 : decay * parameters[i];
    }
    return decay / 2 * squares;
  }

  /** How well the classifier with {@code parameters} does, λ left out. */
  Score score(double[] parameters) {
    double all = features.count();
    long right = 0;
    long amongFive = 0;
    double sum = 0;
    for (int first = 0; first < features.count(); first += BLOCK) {
      int count = Math.min(BLOCK, features.count() - first);
      score(parameters, first, count);
      for (int i = 0; i < count; i++) {
        right += best(i) == features.label(first + i) ? 1 : 0;
        amongFive += likelier(i, features.label(first + i)) < LIKELIEST ? 1 : 0;
      }
      sum += slopes(first, count);
    }
    OptionalDouble top5 =
        classes > Score.FEW ? OptionalDouble.of(amongFive / all) : OptionalDouble.empty();
    return new Score(right / all, sum / all, top5);
  }

  /** How many classes come before {@code label}: of equal ones, those of lower number do. */
  private int likelier(int image, int label) {
    int before = 0;
    for (int c = 0; c < classes; c++) {
      double lead = scores[c][image] - scores[label][image];
      before += lead > 0 || (lead == 0 && c < label) ? 1 : 0;
    }
    return before;
  }

  private int best(int image) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = scores[c][image] > scores[best][image] ? c : best;
    }
    return best;
  }
}
