package dev.espalier.compute.network;

import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Network;

/** Describes each network that a study can name. */
public final class Architectures {
  private Architectures() {}

  /**
   * The network for such pictures and so many classes. Its layers are named as torchvision names
   * them, or where it has no such network, in its manner.
   *
   * @throws IllegalArgumentException when there are no classes, or the pictures are too small
   */
  public static Architecture of(Network network, Volume pictures, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("expected at least 1 class, got " + classes);
    }
    return switch (network) {
      case KnownNetwork known -> of(known, pictures, classes);
    };
  }

  private static Architecture of(KnownNetwork network, Volume pictures, int classes) {
    Stack stack = new Stack(network.toString(), pictures);
    return switch (network) {
      case RESNET8 -> CifarResidual.on(stack, 1, classes);
      case RESNET20 -> CifarResidual.on(stack, 3, classes);
    };
  }
}
