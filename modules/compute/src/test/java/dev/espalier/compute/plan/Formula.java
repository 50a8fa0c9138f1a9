package dev.espalier.compute.plan;

import dev.espalier.compute.plan.Parameters.Buffer;
import java.nio.FloatBuffer;

/**
 * Numbers that look random and that any language computes alike, so that two implementations can be
 * given the same network and images: SplitMix64 of seed and index, 24 bits of it as a float.
 */
final class Formula {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double REMOVED = -0.4;

  private Formula() {}

  /** A number from −1 (inclusive) to 1. */
  static double at(long seed, long index) {
    long z = (seed << 32) + (index + 1) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) / (double) (1 << 23) - 1;
  }

  /** Fills the weights: uniform of variance 2 / fan-in, batch norm near its neutral values. */
  static void weights(Parameters parameters, long seed) {
    float[] weights = new float[parameters.length(Buffer.WEIGHTS)];
    for (Slot slot : parameters.slots()) {
      double fanIn = slot.length() / (double) slot.shape().getFirst();
      for (int i = slot.offset(); i < slot.end(); i++) {
        double u = at(seed, i);
        weights[i] =
            (float)
                switch (slot.kind()) {
                  case CONVOLUTION, DENSE -> u * Math.sqrt(6 / fanIn);
                  case SCALE -> 1 + 0.1 * u;
                  case BIAS, SHIFT, RUNNING_MEAN, RUNNING_VARIANCE -> 0.1 * u;
                };
      }
    }
    parameters.set(Buffer.WEIGHTS, weights);
  }

  /** Removes three in ten of the prunable weights. */
  static void mask(Parameters parameters, long seed) {
    float[] mask = parameters.floats(Buffer.MASK);
    float[] weights = parameters.floats(Buffer.WEIGHTS);
    for (Slot slot : parameters.slots()) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        mask[i] = slot.prunable() && at(seed, i) < REMOVED ? 0 : 1;
        weights[i] *= mask[i];
      }
    }
    parameters.set(Buffer.MASK, mask);
    parameters.set(Buffer.WEIGHTS, weights);
  }

  /** Fills the images and labels of a plan. */
  static void batch(Plan plan, int classes, long seed) {
    batch(plan, classes, seed, 0);
  }

  /** Fills the images and labels of a plan, the labels smoothed. */
  static void batch(Plan plan, int classes, long seed, double smoothing) {
    FloatBuffer images = plan.images();
    for (int i = 0; i < images.limit(); i++) {
      images.put(i, (float) (1.5 * at(seed, i)));
    }
    plan.labels(labels(plan.batch(), classes), smoothing);
  }

  /** The labels of a batch. */
  static int[] labels(int batch, int classes) {
    int[] labels = new int[batch];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i * 7 % classes;
    }
    return labels;
  }
}
