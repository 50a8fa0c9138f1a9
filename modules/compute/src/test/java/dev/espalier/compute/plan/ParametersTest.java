package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);

  @Test
  void tensorsAreNamedAndShapedAsTorchvisionHasThem() {
    try (Parameters parameters = Parameters.float32(NETWORK)) {
      assertThat(parameters.slots())
          .extracting(Slot::name)
          .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "layer1.0.conv1.weight")
          .contains("layer2.0.downsample.0.weight", "layer2.0.downsample.1.bias")
          .doesNotContain("layer1.0.downsample.0.weight")
          .endsWith("fc.weight", "fc.bias");
      assertThat(slot(parameters, "layer2.0.downsample.0.weight").shape())
          .isEqualTo(List.of(32, 16, 1, 1));
      assertThat(slot(parameters, "fc.weight").shape()).isEqualTo(List.of(10, 64));
      assertThat(parameters.statistics().getFirst().name()).isEqualTo("bn1.running_mean");
    }
  }

  @Test
  void slotsFillTheBuffersWithoutGaps() {
    Architecture network = Architectures.of(KnownNetwork.RESNET20, new Volume(3, 32), 10);
    try (Parameters parameters = Parameters.float32(network)) {
      int end = 0;
      for (Slot slot : parameters.slots()) {
        assertThat(slot.offset()).isEqualTo(end);
        end = slot.end();
      }
      assertThat(parameters.length(Buffer.WEIGHTS)).isEqualTo(end).isEqualTo(272_474);
    }
  }

  @Test
  void onlyConvolutionsArePrunableInAResidualNetwork() {
    try (Parameters parameters = Parameters.float32(NETWORK)) {
      for (Slot slot : parameters.slots()) {
        assertThat(slot.prunable()).isEqualTo(slot.kind() == Slot.Kind.CONVOLUTION);
      }
    }
  }

  @Test
  void nothingOfAHeadIsPrunable() {
    try (Parameters parameters = Parameters.float32(NETWORK.withProjection(32))) {
      for (Slot slot : parameters.slots()) {
        assertThat(slot.prunable()).isEqualTo(slot.kind() == Slot.Kind.CONVOLUTION);
      }
      assertThat(parameters.slots())
          .extracting(Slot::name)
          .endsWith("fc.0.weight", "fc.0.bias", "fc.2.weight", "fc.2.bias");
    }
  }

  @Test
  void whatIsSetIsReadBackInEitherFormat() {
    try (Parameters singles = Parameters.float32(NETWORK);
        Parameters doubles = Parameters.float64(NETWORK)) {
      Formula.weights(singles, 4);
      Formula.weights(doubles, 4);
      assertThat(singles.floats(Buffer.WEIGHTS)).isEqualTo(doubles.floats(Buffer.WEIGHTS));
      assertThat(singles.doubles(Buffer.WEIGHTS)).isEqualTo(doubles.doubles(Buffer.WEIGHTS));
    }
  }

  @Test
  void freshParametersKeepEveryWeightAndHaveUnitVariance() {
    try (Parameters parameters = Parameters.float32(NETWORK)) {
      assertThat(parameters.floats(Buffer.MASK)).containsOnly(1f);
      assertThat(parameters.floats(Buffer.WEIGHTS)).containsOnly(0f);
      assertThat(parameters.floats(Buffer.STATISTICS)).contains(0f, 1f).containsOnly(0f, 1f);
    }
  }

  @Test
  void memoryOfClosedParametersCannotBeTouched() {
    Parameters parameters = Parameters.float32(NETWORK);
    MemorySegment weights = parameters.segment(Buffer.WEIGHTS);
    parameters.close();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> weights.getAtIndex(ValueLayout.JAVA_FLOAT, 0));
  }

  @Test
  void aBufferOfAnotherLengthIsRefused() {
    try (Parameters parameters = Parameters.float32(NETWORK)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parameters.set(Buffer.MASK, new float[3]))
          .withMessageContaining("expected 78042 values for the MASK of resnet8, got 3");
    }
  }

  @Test
  void aPlanRefusesParametersOfAnotherNetwork() {
    Architecture other = Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 4);
    try (Parameters parameters = Parameters.float32(NETWORK)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new OneDnnProvider(1).compile(other, parameters, 2))
          .withMessageContaining("expected parameters of resnet8 with 4 classes");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new OneDnnProvider(1).compile(NETWORK, parameters, 0))
          .withMessageContaining("at least 1 image");
    }
  }

  private static Slot slot(Parameters parameters, String name) {
    return parameters.slots().stream()
        .filter(slot -> slot.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
