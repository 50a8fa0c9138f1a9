package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.Choices;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixed precision, where the processor has it. */
class Bf16Test {
  /** bfloat16 has 8 bits: each value is off by up to 1/256, and errors add up over layers. */
  private static final double COARSE = 6e-2;

  private static final Update UPDATE = Update.sgd(0.05, 0.9, false, 5e-4);
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);

  @BeforeEach
  void onlyWhereTheProcessorHasIt() throws IOException {
    assumeTrue(
        Files.readString(Path.of("/proc/cpuinfo")).contains("avx512_bf16"),
        "the processor has no avx512_bf16");
  }

  static Stream<Architecture> smallNetworks() {
    return SmallNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("smallNetworks")
  void everyLayerAgreesWithTheReferenceCoarsely(Architecture network) {
    try (Parameters parameters = Parameters.float32(network);
        Parameters reference = Parameters.float64(network);
        Plan plan = new OneDnnProvider(1).compile(network, parameters, 5, Precision.BF16);
        Plan exact = new Nd4jProvider().compile(network, reference, 5)) {
      Formula.weights(parameters, 1);
      Formula.weights(reference, 1);
      Formula.batch(plan, network.classes(), 3);
      Formula.batch(exact, network.classes(), 3);
      assertThat(plan.step(UPDATE)).isCloseTo(exact.step(UPDATE), within(COARSE));
      double[] came = parameters.doubles(Buffer.WEIGHTS);
      assertThat(Numbers.relativeError(came, reference.doubles(Buffer.WEIGHTS), 0, came.length))
          .isLessThan(COARSE);
      plan.evaluate();
      exact.evaluate();
      assertThat(Numbers.relativeError(plan.logits(), exact.logits())).isLessThan(COARSE);
      assertThat(Numbers.relativeError(plan.features(), exact.features())).isLessThan(COARSE);
    }
  }

  @Test
  void theGradientOfABiasIsTheReferences() {
    String shape = " 16x8x8 to 32, kernel 3, stride 1, padding 1, groups 1 = winograd4";
    Choices choices = Choices.parse("bf16 forward" + shape + "\nbf16 backward-weights" + shape, "");
    Architecture network =
        new Architecture(
            "plain",
            new Volume(16, 8),
            List.of(
                new Layer.Convolution("conv", 0, 32, 3, 1).biased(), new Layer.Dense("fc", 1, 10)));
    try (Parameters parameters = Parameters.float32(network);
        Parameters reference = Parameters.float64(network);
        Plan plan = new OneDnnProvider(2, choices).compile(network, parameters, 5, Precision.BF16);
        Plan exact = new Nd4jProvider().compile(network, reference, 5)) {
      Formula.weights(parameters, 1);
      Formula.weights(reference, 1);
      Formula.batch(plan, 10, 3);
      Formula.batch(exact, 10, 3);
      plan.step(UPDATE);
      exact.step(UPDATE);
      double[] came = parameters.doubles(Buffer.GRADIENTS);
      double[] expected = reference.doubles(Buffer.GRADIENTS);
      for (Slot slot : parameters.slots()) {
        assertThat(Numbers.relativeError(came, expected, slot.offset(), slot.end()))
            .as(slot.name())
            .isLessThan(COARSE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theSameStepsTwiceGiveTheSameBytes(int threads) {
    assertThat(trained(threads, Precision.BF16)).isEqualTo(trained(threads, Precision.BF16));
  }

  @Test
  void theBytesAreNotThoseOfFloat32() {
    assertThat(trained(1, Precision.BF16)).isNotEqualTo(trained(1, Precision.FLOAT32));
  }

  private static float[] trained(int threads, Precision precision) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = new OneDnnProvider(threads).compile(NETWORK, parameters, 16, precision)) {
      Formula.weights(parameters, 1);
      for (int step = 0; step < 4; step++) {
        Formula.batch(plan, 10, 5 + step);
        plan.step(UPDATE);
      }
      return parameters.floats(Buffer.WEIGHTS);
    }
  }

  @Test
  void theReferenceProviderRefusesIt() {
    try (Parameters parameters = Parameters.float32(NETWORK)) {
      assertThatThrownBy(() -> new Nd4jProvider().compile(NETWORK, parameters, 2, Precision.BF16))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("bf16");
    }
  }
}
