package dev.espalier.compute.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.KnownNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the random controls, over masks of any density. */
class ControlsTest {
  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  /** A mask of four tensors that keeps about {@code density} of each. */
  private static Mask mask(long seed, double density) {
    Random random = new Random(seed);
    return Mask.of(
        List.of(
            tensor("conv1.weight", List.of(4, 3, 3, 3), random, density),
            tensor("conv2.weight", List.of(9, 7), random, density),
            tensor("fc.weight", List.of(5, 13), random, density),
            tensor("last.weight", List.of(1), random, density)));
  }

  private static TensorMask tensor(
      String name, List<Integer> shape, Random random, double density) {
    boolean[] kept = new boolean[shape.stream().reduce(1, Math::multiplyExact)];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = random.nextDouble() < density;
    }
    return TensorMask.of(name, shape, kept);
  }

  private static double any(long seed) {
    return new Random(-seed).nextDouble();
  }

  private static List<Kept> counts(Mask mask) {
    return mask.summary(Optional.empty()).tensors();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPermutationKeepsAsManyWeightsElsewhere(long seed) {
    Mask mask = mask(seed, any(seed));

    Mask permuted = Permutation.of(mask, seed);

    assertThat(permuted.count()).isEqualTo(mask.count());
    assertThat(Permutation.of(mask, seed)).isEqualTo(permuted);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLayerwisePermutationKeepsAsManyOfEachTensor(long seed) {
    Mask mask = mask(seed, any(seed));

    Mask permuted = Permutation.layerwise(mask, seed);

    assertThat(counts(permuted)).isEqualTo(counts(mask));
    assertThat(Permutation.layerwise(mask, seed)).isEqualTo(permuted);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anAdjustedControlKeepsAsManyAndRemovesTheDeadFirst(long seed) {
    Mask mask = mask(seed, any(seed));
    Mask alive = mask(seed + 100, any(seed + 100));

    Mask adjusted = AdjustedControl.of(mask, alive, seed);

    assertThat(adjusted.count()).isEqualTo(mask.count());
    assertThat(adjusted.isWithin(alive) || alive.isWithin(adjusted)).isTrue();
    assertThat(AdjustedControl.of(mask, alive, seed)).isEqualTo(adjusted);
  }

  @Test
  void deadWeightsThatAreExactlyAsManyAsAreToGoAreWhatGoes() {
    Mask alive = mask(1, 0.4);
    Mask mask = Permutation.of(alive, 2);

    assertThat(AdjustedControl.of(mask, alive, 3)).isEqualTo(alive);
  }

  @Test
  void withoutDeadWeightsAnAdjustedControlIsStillNotThePermutation() {
    Mask mask = mask(1, 0.5);
    Mask alive = mask(1, 1);

    assertThat(AdjustedControl.of(mask, alive, 1)).isNotEqualTo(Permutation.of(mask, 1));
  }

  @Test
  void everySeedAndEveryControlDrawsItsOwn() {
    Mask mask = mask(1, 0.5);
    Mask alive = mask(2, 0.9);

    assertThat(Permutation.of(mask, 1)).isNotEqualTo(Permutation.of(mask, 2));
    assertThat(Permutation.layerwise(mask, 1)).isNotEqualTo(Permutation.layerwise(mask, 2));
    assertThat(AdjustedControl.of(mask, alive, 1)).isNotEqualTo(AdjustedControl.of(mask, alive, 2));
  }

  @Test
  void tensorsOfOneShapeAreNotPermutedAlike() {
    TensorMask first = tensor("a", List.of(64), new Random(1), 0.5);
    Mask mask = Mask.of(List.of(first, TensorMask.copyOf("b", List.of(64), first.bits())));

    Mask permuted = Permutation.layerwise(mask, 1);

    assertThat(permuted.tensors().get(0).bits()).isNotEqualTo(permuted.tensors().get(1).bits());
  }

  @Test
  void livingWeightsOfAnotherNetworkAreRefused() {
    Mask other = Mask.of(List.of(TensorMask.dense("conv1.weight", List.of(4, 3, 3, 3))));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdjustedControl.of(mask(1, 0.5), other, 1))
        .withMessage("expected another mask of 4 tensors, got one of 1");
  }

  @Test
  void weightsBelowTheEpsilonOfFloat32AreNaturallySparse() {
    Architecture network = Architectures.of(KnownNetwork.RESNET8, new Volume(3, 8), 4);
    try (Parameters parameters = Parameters.float32(network)) {
      float[] weights = new float[parameters.length(Buffer.WEIGHTS)];
      Arrays.fill(weights, -0.5f);
      Slot first = parameters.slots().getFirst();
      float[] small = {0, -0f, Float.MIN_VALUE, -1.19e-7f, 1.1921e-7f, -1.2e-7f};
      System.arraycopy(small, 0, weights, first.offset(), small.length);
      Slot shift = parameters.slots().get(2);
      Arrays.fill(weights, shift.offset(), shift.end(), 0);
      parameters.set(Buffer.WEIGHTS, weights);

      Mask alive = NaturalSparsity.alive(parameters);

      assertThat(FlatMask.of(parameters.slots(), alive).count())
          .isEqualTo(FlatMask.dense(parameters.slots()).count() - 4);
      assertThat(alive.tensor(first.name()).orElseThrow().kept())
          .isEqualTo(new Kept("conv1.weight", first.length() - 4, first.length()));
    }
  }
}
