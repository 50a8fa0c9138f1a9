package dev.espalier.compute.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the vectorised pass to the formulas, written out in float64 over plain arrays. */
class MaskedUpdateTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);
  private static final int UPDATES = 3;

  static Stream<Arguments> cases() {
    List<Optimizer> optimizers =
        List.of(
            new Optimizer.Sgd(0, false),
            new Optimizer.Sgd(0.9, false),
            new Optimizer.Sgd(0.8, true),
            // A smaller epsilon would magnify the rounding of gradients near 0.
            new Optimizer.Adam(0.9, 0.999, 1e-3),
            new Optimizer.AdamW(0.7, 0.95, 1e-2),
            new Optimizer.Lars(0.9, 0.01, 1e-8));
    return optimizers.stream()
        .flatMap(
            optimizer ->
                Stream.of(OptionalDouble.empty(), OptionalDouble.of(0.5), OptionalDouble.of(1e6))
                    .map(clip -> Arguments.of(optimizer, clip)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weightsAndMomentsFollowTheFormulas(Optimizer optimizer, OptionalDouble clip) {
    try (Parameters parameters = Parameters.float32(NETWORK, optimizer);
        Crew crew = Crew.of(1)) {
      fill(parameters, 7);
      Formulas expected = new Formulas(parameters);
      MaskedUpdate masked = new MaskedUpdate(parameters, crew);
      for (int count = 1; count <= UPDATES; count++) {
        Update update = new Update(optimizer, 0.05, 1e-2, count, clip);
        gradients(parameters, count);
        masked.apply(update);
        expected.apply(update, parameters.doubles(Buffer.GRADIENTS));
      }
      assertNear(parameters, Buffer.WEIGHTS, expected.weights);
      assertNear(parameters, Buffer.MOMENTS, expected.moments);
      if (parameters.buffers().contains(Buffer.SECOND_MOMENTS)) {
        assertNear(parameters, Buffer.SECOND_MOMENTS, expected.squares);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void removedWeightsAndMomentsAreZeroWhateverTheirGradient(
      Optimizer optimizer, OptionalDouble clip) {
    try (Parameters parameters = Parameters.float32(NETWORK, optimizer);
        Crew crew = Crew.of(1)) {
      fill(parameters, 8);
      gradients(parameters, 1);
      float[] mask = parameters.floats(Buffer.MASK);
      float[] wild = parameters.floats(Buffer.GRADIENTS);
      IntStream.range(0, mask.length)
          .filter(i -> mask[i] == 0)
          .forEach(i -> wild[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY);
      parameters.set(Buffer.GRADIENTS, wild);
      new MaskedUpdate(parameters, crew).apply(new Update(optimizer, 0.05, 1e-2, 1, clip));
      for (Buffer buffer : moved(parameters)) {
        float[] values = parameters.floats(buffer);
        for (int i = 0; i < mask.length; i++) {
          assertThat(Float.isFinite(values[i])).isTrue();
          assertThat(mask[i] != 0 || values[i] == 0).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theNumberOfThreadsChangesNoBit(Optimizer optimizer, OptionalDouble clip) {
    assertThat(afterwards(optimizer, clip, 2)).isEqualTo(afterwards(optimizer, clip, 1));
    assertThat(afterwards(optimizer, clip, 3)).isEqualTo(afterwards(optimizer, clip, 1));
  }

  private static List<String> afterwards(Optimizer optimizer, OptionalDouble clip, int threads) {
    try (Parameters parameters = Parameters.float32(NETWORK, optimizer);
        Crew crew = Crew.of(threads)) {
      fill(parameters, 9);
      for (int count = 1; count <= UPDATES; count++) {
        gradients(parameters, count);
        new MaskedUpdate(parameters, crew).apply(new Update(optimizer, 0.1, 1e-3, count, clip));
      }
      return moved(parameters).stream()
          .map(buffer -> Arrays.toString(parameters.floats(buffer)))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e6, 1e9})
  void aNormThatIsNotReachedChangesNoBit(double largest) {
    Optimizer adam = new Optimizer.Adam(0.9, 0.999, 1e-8);

    assertThat(afterwards(adam, OptionalDouble.of(largest), 1))
        .isEqualTo(afterwards(adam, OptionalDouble.empty(), 1));
  }

  private static List<Buffer> moved(Parameters parameters) {
    return Stream.of(Buffer.WEIGHTS, Buffer.MOMENTS, Buffer.SECOND_MOMENTS)
        .filter(parameters.buffers()::contains)
        .toList();
  }

  private static void fill(Parameters parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] mask = parameters.floats(Buffer.MASK);
    float[] weights = new float[mask.length];
    for (Slot slot : parameters.slots()) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        mask[i] = slot.prunable() && random.nextInt(10) < 3 ? 0 : 1;
        weights[i] = mask[i] * (float) random.nextDouble(-0.5, 0.5);
      }
    }
    parameters.set(Buffer.MASK, mask);
    parameters.set(Buffer.WEIGHTS, weights);
  }

  private static void gradients(Parameters parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] gradients = new float[parameters.length(Buffer.GRADIENTS)];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = (float) random.nextDouble(-0.1, 0.1);
    }
    parameters.set(Buffer.GRADIENTS, gradients);
  }

  private static void assertNear(Parameters parameters, Buffer buffer, double[] expected) {
    double[] came = parameters.doubles(buffer);
    for (int i = 0; i < came.length; i++) {
      assertThat(came[i])
          .describedAs("%s at %d", buffer, i)
          .isCloseTo(expected[i], within(1e-6 + 1e-5 * Math.abs(expected[i])));
    }
  }
}
