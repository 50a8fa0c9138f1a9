package dev.espalier.compute.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.domain.study.Join;
import dev.espalier.domain.study.OwnNetwork;
import dev.espalier.domain.study.Step;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DescribedTest {
  private static final Volume PICTURES = new Volume(3, 8);
  private static final Optional<String> UNNAMED = Optional.empty();
  private static final Step NORM = new Step.BatchNorm(UNNAMED);
  private static final Step RELU = new Step.Relu(UNNAMED);

  private static Step convolution(int channels, int stride) {
    return new Step.Convolution(channels, 3, stride, OptionalInt.empty(), 1, false, UNNAMED);
  }

  private static Architecture of(Step... steps) {
    return Architectures.of(new OwnNetwork("own", List.of(steps)), PICTURES, 5);
  }

  @Test
  void layersAreNamedByTheirPlace() {
    Architecture network =
        of(
            convolution(4, 1),
            new Step.Residual(List.of(convolution(4, 1), NORM), List.of(), Optional.of("block")),
            new Step.Branch(
                List.of(List.of(convolution(6, 1)), List.of(NORM)), Join.CONCAT, UNNAMED));

    assertThat(network.layers())
        .extracting(Layer::name)
        .containsExactly(
            "0", "block.main.0", "block.main.1", "block", "2.paths.0.0", "2.paths.1.0", "2", "fc");
    assertThat(network.volumes().get(7)).isEqualTo(new Volume(10, 8));
  }

  @Test
  void anActivationBecomesPartOfTheNormOrSumBeforeIt() {
    Architecture network =
        of(
            convolution(4, 1),
            NORM,
            RELU,
            new Step.Residual(List.of(NORM), List.of(), UNNAMED),
            RELU);

    assertThat(network.layers())
        .containsExactly(
            new Layer.Convolution("0", 0, 4, 3, 1),
            new Layer.BatchNorm("1", 1, Activation.RELU),
            new Layer.BatchNorm("3.main.0", 2, Activation.NONE),
            new Layer.Sum("3", 3, 2, Activation.RELU),
            new Layer.Dense("fc", 4, 5));
  }

  @Test
  void anActivationThatBeginsAPathLeavesTheOtherPathsInputAlone() {
    Architecture network =
        of(
            convolution(4, 1),
            NORM,
            new Step.Branch(List.of(List.of(RELU), List.of()), Join.SUM, UNNAMED));

    assertThat(network.layers())
        .contains(
            new Layer.BatchNorm("1", 1, Activation.NONE),
            new Layer.Rectifier("2.paths.0.0", 2, Activation.RELU),
            new Layer.Sum("2", 3, 2, Activation.NONE));
  }

  @Test
  void depthwiseConvolutionsTakeTheChannelsThatAreThere() {
    Architecture network = of(convolution(6, 2), new Step.Depthwise(3, 1, true, UNNAMED));

    assertThat(network.layers().get(1))
        .isEqualTo(Layer.Convolution.depthwise("1", 1, 6, 3, 1).biased());
  }

  @Test
  void whatDoesNotFitIsNamedByItsPlace() {
    Step.Residual residual = new Step.Residual(List.of(convolution(8, 2)), List.of(), UNNAMED);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(convolution(4, 1), residual))
        .withMessageContaining("expected layer 1 to sum equal volumes, got")
        .withMessageContaining("channels=8, size=4");
  }
}
