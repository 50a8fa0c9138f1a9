package dev.espalier.compute.network;

import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.OwnNetwork;
import java.util.List;

/** Describes each network that a study can name. */
public final class Architectures {
  private Architectures() {}

  /**
   * The network for such pictures and so many classes. Its layers are named as torchvision names
   * them, or where it has no such network, in its manner. Networks made for ImageNet have another
   * form for small pictures, of at most {@value Stack#SMALL} rows: each says which.
   *
   * @throws IllegalArgumentException when there are no classes, or the pictures are too small
   */
  public static Architecture of(Network network, Volume pictures, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("expected at least 1 class, got " + classes);
    }
    return switch (network) {
      case KnownNetwork known -> of(known, pictures, classes);
      case OwnNetwork own -> Described.of(own, pictures, classes);
    };
  }

  private static Architecture of(KnownNetwork network, Volume pictures, int classes) {
    Stack stack = new Stack(network.toString(), pictures);
    return switch (network) {
      case RESNET8 -> CifarResidual.projecting(stack, 1, classes);
      case RESNET20 -> CifarResidual.projecting(stack, 3, classes);
      case RESNET32 -> CifarResidual.projecting(stack, 5, classes);
      case RESNET44 -> CifarResidual.projecting(stack, 7, classes);
      case RESNET56 -> CifarResidual.projecting(stack, 9, classes);
      case RESNET110 -> CifarResidual.projecting(stack, 18, classes);
      case RESNET8_A -> CifarResidual.padding(stack, 1, classes);
      case RESNET20_A -> CifarResidual.padding(stack, 3, classes);
      case RESNET32_A -> CifarResidual.padding(stack, 5, classes);
      case RESNET44_A -> CifarResidual.padding(stack, 7, classes);
      case RESNET56_A -> CifarResidual.padding(stack, 9, classes);
      case RESNET110_A -> CifarResidual.padding(stack, 18, classes);
      case RESNET18 -> WideResidual.basic(stack, List.of(2, 2, 2, 2), classes);
      case RESNET34 -> WideResidual.basic(stack, List.of(3, 4, 6, 3), classes);
      case RESNET50 -> WideResidual.bottlenecks(stack, List.of(3, 4, 6, 3), classes);
      case VGG11 -> Vgg.on(stack, List.of(1, 1, 2, 2, 2), classes);
      case VGG13 -> Vgg.on(stack, List.of(2, 2, 2, 2, 2), classes);
      case VGG16 -> Vgg.on(stack, List.of(2, 2, 3, 3, 3), classes);
      case VGG19 -> Vgg.on(stack, List.of(2, 2, 4, 4, 4), classes);
      case ALEXNET -> AlexNet.on(stack, classes);
      case MOBILENETV2 -> MobileNetV2.on(stack, classes);
      case MOBILENEXT -> MobileNeXt.on(stack, classes);
      case CNN -> SmallPlain.on(stack, classes);
    };
  }
}
