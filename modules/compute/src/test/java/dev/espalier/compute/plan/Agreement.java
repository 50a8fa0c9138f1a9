package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.util.Arrays;
import java.util.List;

/** Holds a step in float32 to that of the float64 reference, tensor by tensor. */
final class Agreement {
  private static final Update UPDATE = Update.sgd(0.05, 0.9, false, 5e-4);

  /** The share of all gradients below which one counts as nothing: what batch norm takes away. */
  private static final double NOTHING = 1e-4;

  private Agreement() {}

  /** Fails when the provider's step differs in any tensor by more than {@code tolerance} of it. */
  static void of(Provider provider, Architecture network, int batch, double tolerance) {
    try (Parameters parameters = Parameters.float32(network);
        Parameters reference = Parameters.float64(network);
        Plan plan = provider.compile(network, parameters, batch);
        Plan exact = new Nd4jProvider().compile(network, reference, batch)) {
      prepare(parameters, plan);
      prepare(reference, exact);

      assertThat(plan.step(UPDATE)).isCloseTo(exact.step(UPDATE), within(1e-4));

      for (Buffer buffer : List.of(Buffer.GRADIENTS, Buffer.WEIGHTS, Buffer.STATISTICS)) {
        assertNear(parameters, reference, buffer, tolerance);
      }
      plan.evaluate();
      exact.evaluate();
      assertThat(Numbers.relativeError(plan.logits(), exact.logits())).isLessThan(tolerance);
    }
  }

  private static void prepare(Parameters parameters, Plan plan) {
    Formula.weights(parameters, 1);
    Formula.mask(parameters, 2);
    Formula.batch(plan, parameters.architecture().classes(), 3);
    plan.noise(4);
  }

  private static void assertNear(
      Parameters came, Parameters expected, Buffer buffer, double tolerance) {
    List<Slot> slots = buffer == Buffer.STATISTICS ? came.statistics() : came.slots();
    double[] all = came.doubles(buffer);
    double[] exact = expected.doubles(buffer);
    double[] differences = new double[exact.length];
    for (int i = 0; i < exact.length; i++) {
      differences[i] = all[i] - exact[i];
    }
    double nothing = NOTHING * Math.sqrt(Arrays.stream(exact).map(x -> x * x).sum());
    for (Slot slot : slots) {
      assertThat(Numbers.norm(differences, slot))
          .describedAs("%s of %s", buffer, slot.name())
          .isLessThan(tolerance * (Numbers.norm(exact, slot) + nothing));
    }
  }
}
