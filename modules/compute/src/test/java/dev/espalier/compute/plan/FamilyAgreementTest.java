package dev.espalier.compute.plan;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.Choices;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.domain.study.KnownNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds one network of each family, in float32, to the float64 reference. */
class FamilyAgreementTest {
  private static final int CLASSES = 10;

  // Rounding carries some values across the kink of an activation, or makes another one the largest
  // of a window; each such value moves a gradient.
  private static final double KINKS = 5e-2;

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
    Agreement.of(new OneDnnProvider(1), network, batch, KINKS);
  }

  @Test
  void anActivationFollowsAConvolutionOfAnyForm() {
    Choices winograd =
        Choices.parse(
            "float32 forward 16x8x8 to 16, kernel 3, stride 1, padding 1, groups 1 = winograd2",
            "here");
    Architecture network =
        new Architecture(
            "plain",
            new Volume(16, 8),
            List.of(
                new Layer.Convolution("conv", 0, 16, 3, 1),
                new Layer.Rectifier("relu", 1, Activation.RELU6),
                new Layer.Dense("fc", 2, CLASSES)));

    Agreement.of(new OneDnnProvider(1, winograd), network, 4, 1e-3);
  }

  @ParameterizedTest
  @CsvSource({"winograd2, 1", "winograd2, 2", "winograd4, 1", "winograd4, 2"})
  void aBiasIsPartOfAConvolutionOfAnyForm(String form, int threads) {
    String convolution = " 16x8x8 to 16, kernel 3, stride 1, padding 1, groups 1 = " + form + "\n";
    Choices choices =
        Choices.parse(
            "float32 forward"
                + convolution
                + "float32 backward-data"
                + convolution
                + "float32 backward-weights"
                + convolution,
            "here");
    Architecture network =
        new Architecture(
            "plain",
            new Volume(16, 8),
            List.of(
                new Layer.Convolution("conv1", 0, 16, 3, 1).biased(),
                new Layer.Rectifier("relu", 1, Activation.RELU),
                new Layer.Convolution("conv2", 2, 16, 3, 1).biased(),
                new Layer.Dense("fc", 3, CLASSES)));

    Agreement.of(new OneDnnProvider(threads, choices), network, 4, 1e-3);
  }
}
