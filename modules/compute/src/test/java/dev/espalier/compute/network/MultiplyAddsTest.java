package dev.espalier.compute.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.KnownNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiplyAddsTest {
  @Test
  void productsWithPaddingAreNotCounted() {
    Architecture network =
        new Architecture(
            "small",
            new Volume(2, 4),
            List.of(
                new Layer.Convolution("conv1", 0, 3, 3, 1),
                new Layer.Convolution("conv2", 1, 5, 3, 2),
                new Layer.AveragePool("pool", 2),
                new Layer.Dense("fc", 3, 7)));
    long first = 10 * 10 * 2 * 3; // along a side of 4 a kernel of 3 meets 2 + 3 + 3 + 2 rows
    long second = 5 * 5 * 3 * 5; // at stride 2, 2 + 3
    long dense = 5 * 7;

    assertThat(MultiplyAdds.ofEvaluation(network)).isEqualTo(first + second + dense);
    assertThat(MultiplyAdds.ofTraining(network)).isEqualTo(2 * first + 3 * second + 3 * dense);
  }

  @Test
  void aGroupReadsOnlyItsOwnChannels() {
    Architecture network =
        new Architecture(
            "depthwise",
            new Volume(6, 4),
            List.of(
                Layer.Convolution.depthwise("conv1", 0, 6, 3, 1),
                new Layer.AveragePool("pool", 1),
                new Layer.Dense("fc", 2, 2)));

    assertThat(MultiplyAdds.ofEvaluation(network)).isEqualTo(10 * 10 * 6 + 6 * 2);
  }

  @Test
  void aMaskLeavesOfEachLayerItsDensity() {
    Architecture network =
        new Architecture(
            "small",
            new Volume(1, 4),
            List.of(
                new Layer.Convolution("conv1", 0, 2, 1, 1),
                new Layer.Convolution("conv2", 1, 4, 1, 1),
                new Layer.AveragePool("pool", 2),
                new Layer.Dense("fc", 3, 3)));
    Mask mask =
        Mask.of(
            List.of(
                TensorMask.of("conv1.weight", List.of(2, 1, 1, 1), new boolean[] {true, false}),
                TensorMask.of("conv2.weight", List.of(4, 2, 1, 1), new boolean[8])));

    assertThat(MultiplyAdds.ofEvaluation(network)).isEqualTo(16 * 2 + 16 * 8 + 4 * 3);
    assertThat(MultiplyAdds.ofEvaluation(network, mask)).isEqualTo(16 * 1 + 0 + 4 * 3);
  }

  /** Papers and tools count 40.8 million for the convolutions and the last layer, with padding. */
  @Test
  void resnet20HasALittleLessThanWithPadding() {
    long count =
        MultiplyAdds.ofEvaluation(Architectures.of(KnownNetwork.RESNET20, new Volume(3, 32), 10));

    assertThat(count).isBetween(36_000_000L, 40_800_000L);
  }
}
