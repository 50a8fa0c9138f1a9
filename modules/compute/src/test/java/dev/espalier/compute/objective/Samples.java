package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.plan.Loss;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.random.Draws;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Outputs by chance, and the definition of a derivative. */
final class Samples {
  private static final double STEP = 1e-6;

  private Samples() {}

  /** So many values of the normal distribution. */
  static double[] gaussian(long seed, int count) {
    Draws draws = Draws.of(seed, "outputs");
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = draws.gaussian();
    }
    return values;
  }

  /** So many images of {@code views} views each, one after the other. */
  static int[] images(int count, int views) {
    int[] images = new int[count * views];
    for (int i = 0; i < images.length; i++) {
      images[i] = i / views;
    }
    return images;
  }

  /** Fails unless the gradient that a loss writes is its slope. */
  static void assertGradientIsTheSlope(Loss loss, double[] outputs) {
    double[] gradient = new double[outputs.length];
    loss.run(outputs, gradient);
    for (int i = 0; i < outputs.length; i++) {
      double slope = (at(loss, outputs, i, STEP) - at(loss, outputs, i, -STEP)) / (2 * STEP);
      assertThat(gradient[i]).describedAs("output %d", i).isCloseTo(slope, within(1e-7));
    }
  }

  private static double at(Loss loss, double[] outputs, int index, double step) {
    double[] moved = outputs.clone();
    moved[index] += step;
    return loss.run(moved, new double[moved.length]);
  }

  /** An array that {@code owner} owns. */
  static MemorySegment tensor(Owned owner, String name) {
    return Objects.requireNonNull(owner.tensors().get(name));
  }

  static void set(MemorySegment doubles, double... values) {
    MemorySegment.copy(values, 0, doubles, ValueLayout.JAVA_DOUBLE, 0, values.length);
  }

  static void set(MemorySegment floats, float... values) {
    MemorySegment.copy(values, 0, floats, ValueLayout.JAVA_FLOAT, 0, values.length);
  }
}
