package dev.espalier.compute.nd4j;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.stream.DoubleStream;

/**
 * ∂R ÷ ∂|w| for every weight w, R being the sum of a network's outputs for one input of ones when
 * every number of it, running statistics too, is replaced by its absolute value and batch norm
 * takes the running ones (SynFlow, Tanaka et al. 2020, section 6, and the authors' code). In
 * float64: R grows with every layer, beyond float32 in deep networks.
 */
public final class SynapticFlow {
  private static final float ONE = 1;

  private SynapticFlow() {}

  /**
   * Writes it to {@code flow}, float64, flat, as a part of R, so that it is of moderate size; zeros
   * where nothing reaches the outputs.
   */
  public static void write(Parameters given, MemorySegment flow) {
    try (Parameters parameters = Parameters.float64(given.architecture());
        Nd4jPlan plan = new Nd4jPlan(parameters.architecture(), parameters, 1)) {
      parameters.set(Buffer.WEIGHTS, absolute(given.doubles(Buffer.WEIGHTS)));
      parameters.set(Buffer.STATISTICS, absolute(given.doubles(Buffer.STATISTICS)));
      FloatBuffer images = plan.images();
      while (images.hasRemaining()) {
        images.put(ONE);
      }
      double whole = Math.abs(plan.flow());
      double[] gradients = parameters.doubles(Buffer.GRADIENTS);
      for (int i = 0; i < gradients.length; i++) {
        flow.setAtIndex(ValueLayout.JAVA_DOUBLE, i, whole == 0 ? 0 : gradients[i] / whole);
      }
    }
  }

  private static double[] absolute(double[] values) {
    return DoubleStream.of(values).map(Math::abs).toArray();
  }
}
