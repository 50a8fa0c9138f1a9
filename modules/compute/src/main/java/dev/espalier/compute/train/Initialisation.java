package dev.espalier.compute.train;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.random.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a network begins: convolutions normal with variance 2 ÷ fan-in (He et al. 2015), dense
 * weights and biases uniform within ±1 ÷ √fan-in (PyTorch's default), batch norm with scale 1 and
 * shift 0.
 *
 * <p>Each tensor has a stream of its own, named by seed, purpose and tensor: within a seed all
 * objectives begin from the same W₀ but for heads of different size.
 */
public final class Initialisation {
  /** What weights are drawn for; purposes share no draws. */
  public enum Purpose {
    /** W₀: where round 0 begins. */
    W0,
    /** Another beginning, for masks judged without the weights that they were found with. */
    FRESH,
    /** A head for weights that were trained with another one. */
    HEAD
  }

  private Initialisation() {}

  /** Draws all weights; moments return to 0, running means to 0 and running variances to 1. */
  public static void draw(Parameters parameters, long seed, Purpose purpose) {
    float[] weights = new float[parameters.length(Buffer.WEIGHTS)];
    for (Slot slot : parameters.slots()) {
      draw(slot, parameters.slots(), weights, stream(slot, seed, purpose));
    }
    parameters.set(Buffer.WEIGHTS, weights);
    parameters.clearMoments();
    float[] statistics = new float[parameters.length(Buffer.STATISTICS)];
    for (Slot slot : parameters.statistics()) {
      float value = slot.kind() == Slot.Kind.RUNNING_VARIANCE ? 1 : 0;
      Arrays.fill(statistics, slot.offset(), slot.end(), value);
    }
    parameters.set(Buffer.STATISTICS, statistics);
  }

  /** Draws the head alone into {@code weights}, the flat weights of {@code parameters}. */
  static void drawHead(Parameters parameters, long seed, float[] weights) {
    for (Slot slot : parameters.slots()) {
      if (parameters.architecture().isOfHead(slot.name())) {
        draw(slot, parameters.slots(), weights, stream(slot, seed, Purpose.HEAD));
      }
    }
  }

  private static Draws stream(Slot slot, long seed, Purpose purpose) {
    return Draws.of(seed, purpose.name().toLowerCase(Locale.ROOT) + " " + slot.name());
  }

  private static void draw(Slot slot, List<Slot> slots, float[] weights, Draws draws) {
    switch (slot.kind()) {
      case CONVOLUTION -> drawNormal(slot, weights, draws);
      case DENSE -> drawUniform(slot, fanIn(slot), weights, draws);
      case BIAS -> drawUniform(slot, fanIn(weightOf(slot, slots)), weights, draws);
      case SCALE -> Arrays.fill(weights, slot.offset(), slot.end(), 1);
      case SHIFT -> Arrays.fill(weights, slot.offset(), slot.end(), 0);
      case RUNNING_MEAN, RUNNING_VARIANCE ->
          throw new IllegalArgumentException("expected a weight, got the statistic " + slot.name());
    }
  }

  private static void drawNormal(Slot slot, float[] weights, Draws draws) {
    double deviation = StrictMath.sqrt(2.0 / fanIn(slot));
    for (int i = slot.offset(); i < slot.end(); i++) {
      weights[i] = (float) (deviation * draws.gaussian());
    }
  }

  private static void drawUniform(Slot slot, int fanIn, float[] weights, Draws draws) {
    double bound = 1 / StrictMath.sqrt(fanIn);
    for (int i = slot.offset(); i < slot.end(); i++) {
      weights[i] = (float) draws.between(-bound, bound);
    }
  }

  /** The inputs of one output: the product of all sizes but the first. */
  private static int fanIn(Slot slot) {
    return slot.length() / slot.shape().getFirst();
  }

  private static Slot weightOf(Slot bias, List<Slot> slots) {
    String weight = bias.name().replaceFirst("bias$", "weight");
    return slots.stream()
        .filter(slot -> slot.name().equals(weight))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected " + weight + " beside " + bias));
  }
}
