package dev.espalier.compute.network;

import java.util.List;

/**
 * Sandler et al. 2018, "MobileNetV2: inverted residuals and linear bottlenecks", as in torchvision.
 * For small pictures the first convolution and the stage of 24 channels have stride 1, as is usual
 * on CIFAR.
 */
final class MobileNetV2 {
  private static final int FIRST = 32;
  private static final int LAST = 1280;
  private static final double DROPPED = 0.2;

  /** Blocks that widen their input by {@code factor} inside; the first has the stride. */
  private record Stage(int factor, int channels, int blocks, int stride) {}

  private final Stack stack;
  private int channels = FIRST;
  private int value;

  private MobileNetV2(Stack stack) {
    this.stack = stack;
  }

  /** The network. */
  static Architecture on(Stack stack, int classes) {
    return new MobileNetV2(stack).of(classes);
  }

  private List<Stage> stages() {
    return List.of(
        new Stage(1, 16, 1, 1),
        new Stage(6, 24, 2, firstStride()),
        new Stage(6, 32, 3, 2),
        new Stage(6, 64, 4, 2),
        new Stage(6, 96, 3, 1),
        new Stage(6, 160, 3, 2),
        new Stage(6, 320, 1, 1));
  }

  private int firstStride() {
    return stack.small() ? 1 : 2;
  }

  private Architecture of(int classes) {
    value = stack.convolution("features.0.0", 0, FIRST, 3, firstStride());
    value = stack.normalised("features.0.1", value, Activation.RELU6);
    int index = 1;
    for (Stage stage : stages()) {
      for (int block = 0; block < stage.blocks(); block++) {
        block("features." + index, stage, block == 0 ? stage.stride() : 1);
        index++;
      }
    }
    value = stack.convolution("features." + index + ".0", value, LAST, 1, 1);
    value = stack.normalised("features." + index + ".1", value, Activation.RELU6);
    value = stack.dropout("classifier.0", stack.averagePool("avgpool", value), DROPPED);
    stack.dense("classifier.1", value, classes);
    return stack.done();
  }

  private void block(String name, Stage stage, int stride) {
    int input = value;
    int wide = channels * stage.factor();
    int step = 0;
    if (stage.factor() > 1) {
      value = stack.convolution(name + ".conv.0.0", value, wide, 1, 1);
      value = stack.normalised(name + ".conv.0.1", value, Activation.RELU6);
      step++;
    }
    value = stack.depthwise(name + ".conv." + step + ".0", value, wide, stride);
    value = stack.normalised(name + ".conv." + step + ".1", value, Activation.RELU6);
    value = stack.convolution(name + ".conv." + (step + 1), value, stage.channels(), 1, 1);
    value = stack.normalised(name + ".conv." + (step + 2), value, Activation.NONE);
    if (stride == 1 && channels == stage.channels()) {
      value = stack.add(new Layer.Sum(name, value, input, Activation.NONE));
    }
    channels = stage.channels();
  }
}
