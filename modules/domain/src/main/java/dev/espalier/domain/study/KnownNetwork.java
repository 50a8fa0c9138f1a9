package dev.espalier.domain.study;

import java.util.Arrays;
import java.util.Locale;

/**
 * The networks that a study can name. Their layers are named as PyTorch names them; {@code compute}
 * describes each, in the form that suits the size of the pictures.
 */
public enum KnownNetwork implements Network {
  /**
   * A residual network of one block a stage, 16/32/64 channels: the CIFAR form of He et al. 2016
   * with n = 1 (6n + 2 layers), and projection shortcuts.
   */
  RESNET8,
  /** The same with n = 3. */
  RESNET20,
  /** The same with n = 5. */
  RESNET32,
  /** The same with n = 7. */
  RESNET44,
  /** The same with n = 9. */
  RESNET56,
  /** The same with n = 18. */
  RESNET110,
  /** As {@link #RESNET8}, with shortcuts without parameters: option A of He et al. 2016. */
  RESNET8_A,
  /** The same with n = 3. */
  RESNET20_A,
  /** The same with n = 5. */
  RESNET32_A,
  /** The same with n = 7. */
  RESNET44_A,
  /** The same with n = 9. */
  RESNET56_A,
  /** The same with n = 18. */
  RESNET110_A,
  /** The ImageNet form of He et al. 2016 with 18 layers. */
  RESNET18,
  /** The same with 34 layers. */
  RESNET34,
  /** The same with 50 layers, in bottleneck blocks. */
  RESNET50,
  /** Simonyan and Zisserman 2015 with 11 layers and batch norm. */
  VGG11,
  /** The same with 13 layers. */
  VGG13,
  /** The same with 16 layers. */
  VGG16,
  /** The same with 19 layers. */
  VGG19,
  /** Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks". */
  ALEXNET,
  /** Sandler et al. 2018, of inverted residual blocks. */
  MOBILENETV2,
  /** Zhou et al. 2020, "Rethinking bottleneck structure", of sandglass blocks. */
  MOBILENEXT,
  /** Two convolutions and two dense layers, all with bias. */
  CNN;

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static KnownNetwork named(String name) {
    return Arrays.stream(values())
        .filter(network -> network.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of " + Arrays.toString(values()) + ", got \"" + name + "\""));
  }

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
