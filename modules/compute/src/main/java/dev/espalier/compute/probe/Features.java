package dev.espalier.compute.probe;

import dev.espalier.compute.data.Images;
import dev.espalier.compute.feed.Feed;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.plan.Plan;
import java.nio.FloatBuffer;

/**
 * What the last layer of a frozen network reads for each of some images: one pass in evaluation
 * mode, by the running statistics, without augmentation.
 */
final class Features {
  private final double[][] values; // (feature, image)
  private final int[] labels;

  private Features(double[][] values, int[] labels) {
    this.values = values;
    this.labels = labels;
  }

  /** These values, (feature, image), and the label of each image. */
  static Features takeOwnershipOf(double[][] values, int[] labels) {
    return new Features(values, labels);
  }

  /** The features of {@code images}, read as {@code reading} says, in {@code plan}'s network. */
  static Features of(Images images, Reading reading, Plan plan) {
    int width = plan.features().limit() / plan.batch();
    Features features = new Features(new double[width][images.count()], new int[images.count()]);
    try (Feed feed = PlainImages.feed(images, reading, plan.batch())) {
      for (int first = 0; first < images.count(); first += plan.batch()) {
        int[] labels =
            feed.next(
                batch -> {
                  batch.copyTo(plan.images());
                  return batch.answers();
                });
        System.arraycopy(labels, 0, features.labels, first, labels.length);
        plan.evaluate();
        features.take(plan.features(), first);
      }
    }
    return features;
  }

  private void take(FloatBuffer batch, int first) {
    int count = Math.min(batch.limit() / values.length, count() - first);
    for (int i = 0; i < count; i++) {
      for (int feature = 0; feature < values.length; feature++) {
        values[feature][first + i] = batch.get(i * values.length + feature);
      }
    }
  }

  /** How many features an image has. */
  int width() {
    return values.length;
  }

  /** How many images there are. */
  int count() {
    return labels.length;
  }

  /** The values of one feature, (images). */
  double[] feature(int index) {
    return values[index];
  }

  /** The label of an image. */
  int label(int image) {
    return labels[image];
  }

  /**
   * Standardises these and {@code others} by the mean and deviation that each feature has here; one
   * that never changes becomes 0.
   */
  void standardise(Features others) {
    for (int feature = 0; feature < values.length; feature++) {
      double sum = 0;
      for (double value : values[feature]) {
        sum += value;
      }
      double mean = sum / count();
      double squares = 0;
      for (double value : values[feature]) {
        squares += (value - mean) * (value - mean);
      }
      double deviation = StrictMath.sqrt(squares / count());
      double scale = deviation > 0 ? 1 / deviation : 0;
      scale(values[feature], mean, scale);
      scale(others.values[feature], mean, scale);
    }
  }

  private static void scale(double[] values, double mean, double scale) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - mean) * scale;
    }
  }
}
