package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.domain.study.KnownNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts that are published: torchvision's for pictures of 224 rows, and those used on CIFAR. */
class ParameterCountsTest {
  @ParameterizedTest
  @CsvSource({
    "resnet18, 224, 1000, 11689512",
    "resnet34, 224, 1000, 21797672",
    "resnet50, 224, 1000, 25557032",
    "vgg11, 224, 1000, 132868840",
    "vgg13, 224, 1000, 133053736",
    "vgg16, 224, 1000, 138365992",
    "vgg19, 224, 1000, 143678248",
    "alexnet, 224, 1000, 61100840",
    "mobilenetv2, 224, 1000, 3504872",
    "resnet20-a, 32, 10, 269722",
    "resnet32-a, 32, 10, 464154",
    "resnet44-a, 32, 10, 658586",
    "resnet56-a, 32, 10, 853018",
    "resnet110-a, 32, 10, 1727962",
    "resnet8, 32, 10, 78042",
    "resnet20, 32, 10, 272474",
    "resnet18, 32, 10, 11173962",
    "resnet50, 64, 10, 23520842",
    "vgg16, 32, 10, 14728266",
    "vgg19, 32, 10, 20040522",
    "mobilenetv2, 32, 10, 2236682"
  })
  void aNetworkHasAsManyParametersAsItsNamesake(
      String network, int rows, int classes, long parameters) {
    var architecture = Architectures.of(KnownNetwork.named(network), new Volume(3, rows), classes);

    assertThat(Layout.of(architecture).slots().getLast().end()).isEqualTo(parameters);
  }
}
