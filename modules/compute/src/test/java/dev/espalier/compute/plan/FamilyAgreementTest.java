package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds one network of each family, in float32, to the float64 reference. */
class FamilyAgreementTest {
  private static final int CLASSES = 10;
  private static final Update UPDATE = Update.sgd(0.05, 0.9, false, 5e-4);

  // Rounding carries some values across the kink of an activation, or makes another one the largest
  // of a window; each such value moves a gradient.
  private static final double KINKS = 5e-2;

  /** The share of all gradients below which one counts as nothing: what batch norm takes away. */
  private static final double NOTHING = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "resnet8-a, 3, 32, 4",
    "resnet18, 1, 66, 2",
    "resnet50, 3, 8, 8",
    "vgg11, 3, 32, 4",
    "mobilenetv2, 3, 32, 4",
    "mobilenext, 3, 32, 4",
    "cnn, 1, 28, 4"
  })
  void aStepOfEachFamilyIsTheReferences(String name, int channels, int rows, int batch) {
    Architecture network =
        Architectures.of(KnownNetwork.named(name), new Volume(channels, rows), CLASSES);
    try (Parameters parameters = Parameters.float32(network);
        Parameters reference = Parameters.float64(network);
        Plan plan = new OneDnnProvider(1).compile(network, parameters, batch);
        Plan exact = new Nd4jProvider().compile(network, reference, batch)) {
      prepare(parameters, plan);
      prepare(reference, exact);

      assertThat(plan.step(UPDATE)).isCloseTo(exact.step(UPDATE), within(1e-4));

      assertNear(parameters, reference, Buffer.GRADIENTS, parameters.slots());
      assertNear(parameters, reference, Buffer.WEIGHTS, parameters.slots());
      assertNear(parameters, reference, Buffer.STATISTICS, parameters.statistics());
    }
  }

  private static void prepare(Parameters parameters, Plan plan) {
    Formula.weights(parameters, 1);
    Formula.mask(parameters, 2);
    Formula.batch(plan, CLASSES, 3);
    plan.noise(4);
  }

  private static void assertNear(
      Parameters came, Parameters expected, Buffer buffer, List<Slot> slots) {
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
          .isLessThan(KINKS * (Numbers.norm(exact, slot) + nothing));
    }
  }
}
