package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.objective.BatchLoss;
import dev.espalier.compute.objective.NtXent;
import dev.espalier.compute.objective.TripletLoss;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the reference to the definition of a derivative. */
class GradientTest {
  // Small enough that hardly any max(0, x) changes sides within it.
  private static final double STEP = 1e-6;
  private static final int CHECKED = 100;

  static Stream<Architecture> networks() {
    return SmallNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theReferenceGradientIsTheSlopeOfTheLoss(Architecture architecture) {
    try (Parameters parameters = Parameters.float64(architecture);
        Plan plan = new Nd4jProvider().compile(architecture, parameters, 5)) {
      Formula.weights(parameters, 11);
      Formula.batch(plan, SmallNetworks.CLASSES, 12);
      assertGradientIsTheSlope(parameters, plan);
    }
  }

  static Stream<BatchLoss> losses() {
    return Stream.of(
        new NtXent(SmallNetworks.CLASSES, 0.5),
        new TripletLoss(SmallNetworks.CLASSES, OptionalDouble.empty()));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aLossOfViewsIsFollowedBackThroughAProjection(BatchLoss loss) {
    Architecture architecture = SmallNetworks.all().toList().get(2);
    try (Parameters parameters = Parameters.float64(architecture);
        Plan plan = new Nd4jProvider().compile(architecture, parameters, 6)) {
      Formula.weights(parameters, 11);
      Formula.batch(plan, SmallNetworks.CLASSES, 12);
      loss.begin(0, new int[] {0, 0, 1, 1, 2, 2});
      plan.loss(loss);
      assertGradientIsTheSlope(parameters, plan);
    }
  }

  private static void assertGradientIsTheSlope(Parameters parameters, Plan plan) {
    plan.step(Update.NONE);
    double[] gradient = parameters.doubles(Buffer.GRADIENTS);
    double[] weights = parameters.doubles(Buffer.WEIGHTS);
    int stride = 1 + weights.length / CHECKED;
    for (int i = 0; i < weights.length; i += stride) {
      double slope = slope(parameters, plan, weights, i);
      assertThat(gradient[i])
          .describedAs("parameter %d", i)
          .isCloseTo(slope, within(1e-7 + 1e-5 * Math.abs(slope)));
    }
  }

  private static double slope(Parameters parameters, Plan plan, double[] weights, int index) {
    return (loss(parameters, plan, weights, index, STEP)
            - loss(parameters, plan, weights, index, -STEP))
        / (2 * STEP);
  }

  private static double loss(
      Parameters parameters, Plan plan, double[] weights, int index, double step) {
    double[] moved = weights.clone();
    moved[index] += step;
    parameters.set(Buffer.WEIGHTS, moved);
    return plan.step(Update.NONE);
  }
}
