package dev.espalier.compute.network;

import java.util.List;

/**
 * Zhou et al. 2020, "Rethinking bottleneck structure for efficient mobile network design":
 * sandglass blocks, whose shortcut and depthwise convolutions are at the wide ends. Stages and
 * names are those of the authors' code at width 1: where the channels change and more blocks
 * follow, the depthwise convolutions without stride are left out. For small pictures the first
 * convolution and the first block have stride 1.
 */
final class MobileNeXt {
  private static final int FIRST = 32;
  private static final int MULTIPLE = 16;
  private static final int LARGEST_FACTOR = 6;
  private static final double DROPPED = 0.2;

  /** Blocks that narrow their input by {@code factor} inside; the first has the stride. */
  private record Stage(int factor, int channels, int blocks, int stride) {}

  private final Stack stack;
  private int channels = FIRST;
  private int value;
  private String block = "";
  private int step;

  private MobileNeXt(Stack stack) {
    this.stack = stack;
  }

  /** The network. */
  static Architecture on(Stack stack, int classes) {
    return new MobileNeXt(stack).of(classes);
  }

  private List<Stage> stages() {
    return List.of(
        new Stage(2, 96, 1, firstStride()),
        new Stage(6, 144, 1, 1),
        new Stage(6, 192, 3, 2),
        new Stage(6, 288, 3, 2),
        new Stage(6, 384, 4, 1),
        new Stage(6, 576, 4, 2),
        new Stage(6, 960, 3, 1),
        new Stage(6, 1280, 1, 1));
  }

  private int firstStride() {
    return stack.small() ? 1 : 2;
  }

  private Architecture of(int classes) {
    value = stack.convolution("features.0.0", 0, FIRST, 3, firstStride());
    value = stack.normalised("features.0.1", value, Activation.RELU6);
    int index = 1;
    for (Stage stage : stages()) {
      for (int i = 0; i < stage.blocks(); i++) {
        block = "features." + index;
        sandglass(stage, i == 0 ? stage.stride() : 1);
        index++;
      }
    }
    value = stack.dropout("classifier.0", stack.averagePool("avgpool", value), DROPPED);
    stack.dense("classifier.1", value, classes);
    return stack.done();
  }

  private void sandglass(Stage stage, int stride) {
    int input = value;
    boolean same = channels == stage.channels();
    boolean whole = same || stage.blocks() == 1;
    step = 0;
    if (whole) {
      depthwise(channels, 1, Activation.RELU6);
    }
    pointwise(narrow(stage), Activation.NONE);
    pointwise(stage.channels(), Activation.RELU6);
    if (whole || stride > 1) {
      depthwise(stage.channels(), stride, Activation.NONE);
    }
    if (same && stride == 1) {
      value = stack.add(new Layer.Sum(block, value, input, Activation.NONE));
    }
    channels = stage.channels();
  }

  /**
   * The channels between: a factor fewer than before, but not fewer than a sixth of those after.
   */
  private int narrow(Stage stage) {
    int fewer = channels / stage.factor();
    int least = Math.ceilDiv(stage.channels(), LARGEST_FACTOR);
    return fewer * LARGEST_FACTOR >= stage.channels()
        ? fewer
        : (least + MULTIPLE / 2) / MULTIPLE * MULTIPLE;
  }

  private void depthwise(int wide, int stride, Activation activation) {
    value = stack.depthwise(block + ".conv." + step, value, wide, stride);
    normalise(activation);
  }

  private void pointwise(int to, Activation activation) {
    value = stack.convolution(block + ".conv." + step, value, to, 1, 1);
    normalise(activation);
  }

  private void normalise(Activation activation) {
    value = stack.normalised(block + ".conv." + (step + 1), value, activation);
    step += activation == Activation.NONE ? 2 : 3;
  }
}
