package dev.espalier.compute.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatMaskTest {
  private static final Architecture NETWORK = Small.network(5);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void underAMaskRemovedWeightsAndMomentsAreZeroAndNothingElseChanges(int threads) {
    Optimizer adam = new Optimizer.Adam(0.9, 0.999, 1e-8);
    try (Parameters parameters = Parameters.float32(NETWORK, adam);
        Crew crew = Crew.of(threads)) {
      float[] ones = new float[parameters.length(Buffer.WEIGHTS)];
      Arrays.fill(ones, 1);
      parameters.set(Buffer.WEIGHTS, ones);
      parameters.set(Buffer.MOMENTS, ones);
      parameters.set(Buffer.SECOND_MOMENTS, ones);
      FlatMask mask = FlatMask.of(parameters.slots(), random(parameters, threads));

      mask.applyTo(parameters, crew);

      float[] expected = ones.clone();
      for (MaskedTensor tensor : mask.tensors()) {
        for (int i = 0; i < tensor.slot().length(); i++) {
          expected[tensor.slot().offset() + i] = tensor.mask().keeps(i) ? 1 : 0;
        }
      }
      assertThat(parameters.floats(Buffer.MASK)).isEqualTo(expected);
      assertThat(parameters.floats(Buffer.WEIGHTS)).isEqualTo(expected);
      assertThat(parameters.floats(Buffer.MOMENTS)).isEqualTo(expected);
      assertThat(parameters.floats(Buffer.SECOND_MOMENTS)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void keptWeightsThatAreZeroToMachinePrecisionAreCounted(long seed) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Crew crew = Crew.of(1)) {
      FlatMask mask = FlatMask.of(parameters.slots(), random(parameters, seed));
      float[] weights = new float[parameters.length(Buffer.WEIGHTS)];
      Arrays.fill(weights, -1.2e-7f);
      int expected = 0;
      for (MaskedTensor tensor : mask.tensors()) {
        weights[tensor.slot().offset()] = 1.1e-7f;
        expected += tensor.mask().keeps(0) ? 1 : 0;
      }
      parameters.set(Buffer.WEIGHTS, weights);
      mask.applyTo(parameters, crew);

      assertThat(mask.zeros(parameters.segment(Buffer.WEIGHTS))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aControlUpToADepthPermutesTheFirstConvolutionsAlone(long seed) {
    try (Parameters parameters = Parameters.float32(NETWORK)) {
      Mask mask = random(parameters, seed);
      FlatMask flat = FlatMask.of(parameters.slots(), mask);
      String first = parameters.slots().getFirst().name();

      Mask changed = flat.changed(OptionalInt.of(1), part -> Permutation.of(part, seed));

      for (TensorMask tensor : mask.tensors()) {
        TensorMask now = changed.tensor(tensor.name()).orElseThrow();
        assertThat(now.count()).isEqualTo(tensor.count());
        assertThat(now.equals(tensor)).isEqualTo(!tensor.name().equals(first));
      }
      assertThat(flat.changed(OptionalInt.empty(), part -> Permutation.of(part, seed)))
          .isEqualTo(Permutation.of(mask, seed));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void removedWeightsThatAreNotZeroAreCounted(long seed) {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Crew crew = Crew.of(1)) {
      FlatMask mask = FlatMask.of(parameters.slots(), random(parameters, seed));
      float[] halves = new float[parameters.length(Buffer.WEIGHTS)];
      Arrays.fill(halves, -0.5f);
      parameters.set(Buffer.WEIGHTS, halves);

      assertThat(mask.violations(parameters.segment(Buffer.WEIGHTS)))
          .isEqualTo(mask.total() - mask.count());
      mask.applyTo(parameters, crew);
      assertThat(mask.violations(parameters.segment(Buffer.WEIGHTS))).isZero();
    }
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() {
    try (Parameters parameters = Parameters.float32(NETWORK);
        Parameters other = Parameters.float32(Small.network(6));
        Crew crew = Crew.of(1)) {
      FlatMask mask = FlatMask.dense(parameters.slots());

      assertThatThrownBy(() -> mask.applyTo(other, crew))
          .hasMessageContaining("of the network that the mask is for, got small6");
    }
  }

  @Test
  void aMaskOfAnotherNetworkIsRefused() {
    Slot slot = new Slot("fc.weight", List.of(2, 3), 0, 6, Slot.Kind.DENSE, true);
    Mask other = Mask.of(List.of(TensorMask.of("fc.weight", List.of(3, 2), new boolean[6])));

    assertThatThrownBy(() -> FlatMask.of(List.of(slot), other))
        .hasMessage("mask of fc.weight has shape [3, 2], expected fc.weight of shape [2, 3]");
  }

  private static Mask random(Parameters parameters, long seed) {
    Random random = new Random(seed);
    return Mask.of(
        parameters.slots().stream()
            .filter(Slot::prunable)
            .map(
                slot -> {
                  boolean[] kept = new boolean[slot.length()];
                  for (int i = 0; i < kept.length; i++) {
                    kept[i] = random.nextBoolean();
                  }
                  return TensorMask.of(slot.name(), slot.shape(), kept);
                })
            .toList());
  }

  /** A network whose tensors do not end where vectors do. */
  private static final class Small {
    static Architecture network(int channels) {
      List<Layer> layers =
          List.of(
              new Layer.Convolution("conv1", 0, channels, 3, 1),
              new Layer.BatchNorm("bn1", 1, Activation.RELU),
              new Layer.Convolution("conv2", 2, channels + 4, 3, 2),
              new Layer.AveragePool("pool", 3),
              new Layer.Dense("fc", 4, 2));
      return new Architecture("small" + channels, new Volume(3, 8), layers);
    }
  }
}
