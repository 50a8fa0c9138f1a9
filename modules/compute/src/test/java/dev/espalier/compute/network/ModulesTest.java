package dev.espalier.compute.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.domain.study.KnownNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModulesTest {
  private static Architecture network(KnownNetwork network) {
    return Architectures.of(network, new Volume(3, network == KnownNetwork.ALEXNET ? 224 : 32), 10);
  }

  @ParameterizedTest
  @EnumSource
  void everyModuleOfEveryNetworkCanBeReadAndBearsTheLayersOfTheWhole(KnownNetwork name) {
    Architecture whole = network(name);
    List<String> layers = whole.layers().stream().map(Layer::name).toList();
    Modules modules = new Modules(whole);

    assertThat(modules.names()).containsAll(layers);
    for (String module : modules.names()) {
      List<String> leading =
          modules.upTo(module).layers().stream()
              .map(Layer::name)
              .filter(layer -> !layer.endsWith(" of " + module))
              .toList();
      assertThat(layers).containsSubsequence(leading);
      assertThat(leading).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RESNET20, conv1, conv1, 16",
    "RESNET20, relu, bn1, 16",
    "RESNET20, layer2, layer2.2, 32",
    "RESNET20, layer2.0, layer2.0, 32",
    "RESNET20, layer2.0.downsample, layer2.0.downsample.1, 32",
    "RESNET20, avgpool, avgpool, 64",
    "RESNET50, layer1, layer1.2, 256",
    "VGG11, features.2, features.1, 64",
    "VGG11, features, features.28, 512",
    "MOBILENETV2, features.0, features.0.1, 32",
    "MOBILENETV2, features.2, features.2.conv.3, 24",
    "MOBILENETV2, features.2.conv.0.2, features.2.conv.0.1, 96",
    "CNN, fc1, fc1, 128",
    "CNN, fc2, fc2, 10"
  })
  void aModuleGivesWhatItsLastLayerDoes(
      KnownNetwork name, String module, String last, int channels) {
    Architecture cut = new Modules(network(name)).upTo(module);

    assertThat(cut.features()).isEqualTo(channels);
    assertThat(
            cut.layers().stream().map(Layer::name).filter(layer -> !layer.endsWith(" " + module)))
        .last()
        .isEqualTo(last);
  }

  @Test
  void aBatchNormIsReadBeforeItsActivationAndTheActivationByItsOwnName() {
    Modules modules = new Modules(network(KnownNetwork.VGG11));

    assertThat(layer(modules.upTo("features.1"), "features.1"))
        .isEqualTo(new Layer.BatchNorm("features.1", 1, Activation.NONE));
    assertThat(layer(modules.upTo("features.2"), "features.1"))
        .isEqualTo(new Layer.BatchNorm("features.1", 1, Activation.RELU));
    assertThat(layer(modules.upTo("features.5"), "features.1"))
        .isEqualTo(new Layer.BatchNorm("features.1", 1, Activation.RELU));
  }

  private static Layer layer(Architecture network, String name) {
    return network.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void layersThatAModuleDoesNotReadAreLeftOut() {
    Architecture cut = new Modules(network(KnownNetwork.RESNET20)).upTo("layer2.0.downsample.0");

    assertThat(cut.layers().stream().map(Layer::name))
        .contains("layer1.2")
        .doesNotContain("layer2.0.conv1", "layer2.0");
  }

  @Test
  void anUnknownModuleIsAnsweredWithThoseThereAre() {
    Modules modules = new Modules(network(KnownNetwork.CNN));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> modules.upTo("layer1"))
        .withMessage(
            "expected a module of cnn, one of [conv1, relu1, pool1, conv2, relu2, pool2, fc1,"
                + " relu3, fc2] or one within these, got layer1");
  }
}
