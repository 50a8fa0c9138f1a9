package dev.espalier.compute.network;

import dev.espalier.domain.study.Network;
import java.util.ArrayList;
import java.util.List;

/** Describes each network that a study can name. */
public final class Architectures {
  private static final Volume CIFAR = new Volume(3, 32);

  private Architectures() {}

  /**
   * The network for 32×32 RGB images and {@code classes} classes, named as torchvision names a
   * ResNet: {@code conv1}, {@code bn1}, {@code layer1.0.conv1} …, {@code layer2.0.downsample.0},
   * {@code fc}.
   *
   * @throws IllegalArgumentException when there are no classes
   */
  public static Architecture of(Network network, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("expected at least 1 class, got " + classes);
    }
    return switch (network) {
      case RESNET8 -> new Residual().network(network.toString(), 1, classes);
      case RESNET20 -> new Residual().network(network.toString(), 3, classes);
    };
  }

  /**
   * The CIFAR form of He et al. 2016, "Deep residual learning for image recognition", §4.2, with
   * projection shortcuts (their option B) where a block has stride 2.
   */
  private static final class Residual {
    private final List<Layer> layers = new ArrayList<>();

    Architecture network(String name, int blocks, int classes) {
      int value = normalised("bn1", convolution("conv1", 0, 16, 3, 1), true);
      for (int stage = 0; stage < 3; stage++) {
        for (int block = 0; block < blocks; block++) {
          int stride = stage > 0 && block == 0 ? 2 : 1;
          value = block("layer" + (stage + 1) + "." + block, value, 16 << stage, stride);
        }
      }
      add(new Layer.Dense("fc", add(new Layer.AveragePool("avgpool", value)), classes));
      return new Architecture(name, CIFAR, layers);
    }

    private int block(String name, int input, int channels, int stride) {
      int value = convolution(name + ".conv1", input, channels, 3, stride);
      value = normalised(name + ".bn1", value, true);
      value = convolution(name + ".conv2", value, channels, 3, 1);
      value = normalised(name + ".bn2", value, false);
      int shortcut = stride == 1 ? input : projection(name, input, channels, stride);
      return add(new Layer.AddRelu(name, value, shortcut));
    }

    private int projection(String name, int input, int channels, int stride) {
      int value = convolution(name + ".downsample.0", input, channels, 1, stride);
      return normalised(name + ".downsample.1", value, false);
    }

    private int convolution(String name, int input, int channels, int kernel, int stride) {
      return add(new Layer.Convolution(name, input, channels, kernel, stride));
    }

    private int normalised(String name, int input, boolean relu) {
      return add(new Layer.BatchNorm(name, input, relu));
    }

    private int add(Layer layer) {
      layers.add(layer);
      return layers.size();
    }
  }
}
