package dev.espalier.compute.plan;

import java.nio.FloatBuffer;

/** Compares tensors. */
final class Numbers {
  private Numbers() {}

  /** |came − expected| / |expected| in the Euclidean norm, from {@code from} to {@code to}. */
  static double relativeError(double[] came, double[] expected, int from, int to) {
    double difference = 0;
    double size = 0;
    for (int i = from; i < to; i++) {
      difference += (came[i] - expected[i]) * (came[i] - expected[i]);
      size += expected[i] * expected[i];
    }
    return Math.sqrt(difference / size);
  }

  /** The Euclidean norm of one tensor of a flat buffer. */
  static double norm(double[] flat, Slot slot) {
    double sum = 0;
    for (int i = slot.offset(); i < slot.end(); i++) {
      sum += flat[i] * flat[i];
    }
    return Math.sqrt(sum);
  }

  static double relativeError(FloatBuffer came, FloatBuffer expected) {
    double[] all = doubles(expected);
    return relativeError(doubles(came), all, 0, all.length);
  }

  static double[] doubles(FloatBuffer floats) {
    double[] values = new double[floats.limit()];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(i);
    }
    return values;
  }
}
