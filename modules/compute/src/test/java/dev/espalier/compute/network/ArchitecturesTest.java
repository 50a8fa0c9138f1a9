package dev.espalier.compute.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.domain.study.KnownNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitecturesTest {
  @Test
  void aResidualNetworkEndsInSixtyFourFeaturesAndItsClasses() {
    Architecture network = Architectures.of(KnownNetwork.RESNET20, new Volume(3, 32), 7);
    assertThat(network.classes()).isEqualTo(7);
    assertThat(network.features()).isEqualTo(64);
    assertThat(network.volumes())
        .contains(new Volume(16, 32), new Volume(32, 16), new Volume(64, 8));
  }

  @Test
  void aProjectionReadsTheFeaturesThatTheLastLayerRead() {
    Architecture plain = Architectures.of(KnownNetwork.RESNET20, new Volume(3, 32), 7);
    Architecture projecting = plain.withProjection(48);

    assertThat(projecting.features()).isEqualTo(64);
    assertThat(projecting.classes()).isEqualTo(7);
    assertThat(projecting.neck()).isEqualTo(plain.neck());
    assertThat(projecting.head()).extracting(Layer::name).containsExactly("fc.0", "fc.1", "fc.2");
    assertThat(projecting.isOfHead("fc.2.bias")).isTrue();
    assertThat(projecting.isOfHead("layer3.2.conv2.weight")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> projecting.withProjection(48));
  }

  @Test
  void aHeadThatBeginsWithoutADenseLayerIsRefused() {
    List<Layer> layers = List.of(new Layer.AveragePool("pool", 0), new Layer.Dense("fc", 1, 3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Architecture("net", new Volume(3, 8), layers, 2))
        .withMessage(
            "expected a head of net that begins with a dense layer, got its last 2 layers");
  }

  @Test
  void aLayerThatReadsALaterValueIsRefused() {
    assertRefused("fc to read a value before it, got 2", new Layer.Dense("fc", 2, 3));
  }

  @Test
  void aSumOfUnequalVolumesIsRefused() {
    assertRefused(
        "expected layer end to sum equal volumes",
        new Layer.Convolution("conv", 0, 4, 3, 2),
        new Layer.Sum("end", 1, 0, Activation.RELU),
        new Layer.Dense("fc", 2, 3));
  }

  @Test
  void aNetworkWithoutADenseEndIsRefused() {
    assertRefused("to end in a dense layer", new Layer.AveragePool("pool", 0));
  }

  private static void assertRefused(String message, Layer... layers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Architecture("net", new Volume(3, 8), List.of(layers)))
        .withMessageContaining(message);
  }
}
