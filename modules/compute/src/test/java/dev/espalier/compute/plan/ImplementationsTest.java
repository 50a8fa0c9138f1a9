package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.Choices;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever implementation a table chooses, a network comes out the same but for rounding. */
class ImplementationsTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
  private static final Update UPDATE = Update.sgd(0.05, 0.9, false, 5e-4);
  private static final int BATCH = 6;

  /** Rounding carries some values across the kink of max(0, x), and gradients add them up. */
  private static final double KINKS = 3e-2;

  /** The table that has all 3x3 convolutions of stride 1 take {@code name}. */
  private static Choices all(String name) {
    String text =
        IntStream.of(16, 32, 64)
            .boxed()
            .flatMap(
                channels ->
                    Stream.of("forward", "backward-data", "backward-weights")
                        .map(
                            direction ->
                                "float32 %1$s %2$dx%3$dx%3$d to %2$d, kernel 3, stride 1, padding 1, groups 1 = %4$s\n"
                                    .formatted(direction, channels, 512 / channels, name)))
            .collect(Collectors.joining());
    return Choices.parse(text, name);
  }

  static Stream<Arguments> choices() {
    return Stream.of("jit:avx512_core", "winograd2", "winograd4", "there is none of this name")
        .flatMap(name -> Stream.of(Arguments.of(name, 1), Arguments.of(name, 2)));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void everyChoiceAgreesWithTheReference(String name, int threads) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Parameters reference = Parameters.float64(NETWORK);
        Plan plan = new OneDnnProvider(threads, all(name)).compile(NETWORK, parameters, BATCH);
        Plan exact = new Nd4jProvider().compile(NETWORK, reference, BATCH)) {
      for (Parameters each : List.of(parameters, reference)) {
        Formula.weights(each, 1);
        Formula.mask(each, 2);
      }
      Formula.batch(plan, 10, 3);
      Formula.batch(exact, 10, 3);
      assertThat(plan.step(UPDATE)).isCloseTo(exact.step(UPDATE), within(1e-4));
      double[] came = parameters.doubles(Buffer.GRADIENTS);
      double[] expected = reference.doubles(Buffer.GRADIENTS);
      for (Slot slot : parameters.slots()) {
        assertThat(Numbers.relativeError(came, expected, slot.offset(), slot.end()))
            .describedAs(slot.name())
            .isLessThan(KINKS);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("choices")
  void everyChoiceGivesTheSameBytesAgain(String name, int threads) {
    assertThat(trained(name, threads)).isEqualTo(trained(name, threads));
  }

  @Test
  void anotherChoiceGivesOtherBytes() {
    assertThat(trained("winograd4", 1)).isNotEqualTo(trained("jit:avx512_core", 1));
  }

  private static float[] trained(String name, int threads) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Plan plan = new OneDnnProvider(threads, all(name)).compile(NETWORK, parameters, BATCH)) {
      Formula.weights(parameters, 1);
      for (int step = 0; step < 3; step++) {
        Formula.batch(plan, 10, 5 + step);
        plan.step(UPDATE);
      }
      return parameters.floats(Buffer.WEIGHTS);
    }
  }
}
