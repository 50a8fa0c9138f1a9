package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Modules;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What modules of a network give, which is known, of one image of 2 × 2. */
class ModuleFeaturesTest {
  private static final Architecture NETWORK =
      new Architecture(
          "known",
          new Volume(1, 2),
          List.of(
              new Layer.Convolution("conv1", 0, 2, 1, 1),
              new Layer.BatchNorm("bn1", 1, Activation.RELU),
              new Layer.Sum("layer1.0", 2, 2, Activation.NONE),
              new Layer.Dense("fc", 3, 3)));

  static Stream<Arguments> modules() {
    return Stream.of(new OneDnnProvider(1), new Nd4jProvider())
        .flatMap(
            provider ->
                Stream.of(
                    Arguments.of(provider, "conv1", 1, -1),
                    Arguments.of(provider, "bn1", 1, -1),
                    Arguments.of(provider, "relu", 1.5, 0.5),
                    Arguments.of(provider, "layer1", 3, 1)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void featuresAreMeansOverAllPlaces(
      Provider provider, String module, double first, double second) {
    Architecture cut = new Modules(NETWORK).upTo(module);
    try (Parameters parameters = Parameters.float32(cut);
        Plan plan = provider.compile(cut, parameters, 1)) {
      float[] weights = new float[parameters.length(Buffer.WEIGHTS)];
      weights[0] = 1;
      weights[1] = -1;
      for (Slot slot : parameters.slots()) {
        if (slot.kind() == Slot.Kind.SCALE) {
          weights[slot.offset()] = 1;
          weights[slot.offset() + 1] = 1;
        }
      }
      parameters.set(Buffer.WEIGHTS, weights);
      plan.images().put(new float[] {1, 2, 3, -2});
      plan.evaluate();

      double[] expected = {first, second};
      assertThat(Numbers.doubles(plan.features())).containsExactly(expected, within(1e-4));
    }
  }
}
