package dev.espalier.compute.network;

import java.util.List;

/**
 * The ImageNet form of He et al. 2016, "Deep residual learning for image recognition", §4.1: four
 * stages of 64 to 512 channels with projection shortcuts. As in torchvision, a bottleneck's stride
 * is in its 3×3 convolution. For small pictures it begins with a 3×3 convolution without stride,
 * and no pooling.
 */
final class WideResidual {
  private static final int NARROWEST = 64;
  private static final int EXPANSION = 4;

  private final Stack stack;
  private final int expansion;

  private WideResidual(Stack stack, int expansion) {
    this.stack = stack;
    this.expansion = expansion;
  }

  /** The network of blocks of two 3×3 convolutions, so many in each stage. */
  static Architecture basic(Stack stack, List<Integer> blocks, int classes) {
    return new WideResidual(stack, 1).of(blocks, classes);
  }

  /** The network of blocks that narrow the channels for their 3×3 convolution. */
  static Architecture bottlenecks(Stack stack, List<Integer> blocks, int classes) {
    return new WideResidual(stack, EXPANSION).of(blocks, classes);
  }

  private Architecture of(List<Integer> blocks, int classes) {
    int value = stem();
    int channels = NARROWEST;
    for (int stage = 0; stage < blocks.size(); stage++) {
      int width = NARROWEST << stage;
      for (int block = 0; block < blocks.get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String name = "layer" + (stage + 1) + "." + block;
        boolean changes = stride > 1 || channels != width * expansion;
        int inner =
            expansion == 1 ? pair(name, value, width, stride) : narrow(name, value, width, stride);
        int shortcut = changes ? projection(name, value, width * expansion, stride) : value;
        value = stack.add(new Layer.Sum(name, inner, shortcut, Activation.RELU));
        channels = width * expansion;
      }
    }
    stack.dense("fc", stack.averagePool("avgpool", value), classes);
    return stack.done();
  }

  private int stem() {
    if (stack.small()) {
      int value = stack.convolution("conv1", 0, NARROWEST, 3, 1);
      return stack.normalised("bn1", value, Activation.RELU);
    }
    int value = stack.convolution("conv1", 0, NARROWEST, 7, 2);
    value = stack.normalised("bn1", value, Activation.RELU);
    return stack.maxPool("maxpool", value, Window.centred(3, 2));
  }

  private int pair(String name, int input, int width, int stride) {
    int value = stack.convolution(name + ".conv1", input, width, 3, stride);
    value = stack.normalised(name + ".bn1", value, Activation.RELU);
    value = stack.convolution(name + ".conv2", value, width, 3, 1);
    return stack.normalised(name + ".bn2", value, Activation.NONE);
  }

  private int narrow(String name, int input, int width, int stride) {
    int value = stack.convolution(name + ".conv1", input, width, 1, 1);
    value = stack.normalised(name + ".bn1", value, Activation.RELU);
    value = stack.convolution(name + ".conv2", value, width, 3, stride);
    value = stack.normalised(name + ".bn2", value, Activation.RELU);
    value = stack.convolution(name + ".conv3", value, width * EXPANSION, 1, 1);
    return stack.normalised(name + ".bn3", value, Activation.NONE);
  }

  private int projection(String name, int input, int channels, int stride) {
    int value = stack.convolution(name + ".downsample.0", input, channels, 1, stride);
    return stack.normalised(name + ".downsample.1", value, Activation.NONE);
  }
}
