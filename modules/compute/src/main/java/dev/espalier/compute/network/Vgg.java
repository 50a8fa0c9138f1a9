package dev.espalier.compute.network;

import java.util.List;

/**
 * Simonyan and Zisserman 2015 with batch norm: five stages of 3×3 convolutions, each ended by max
 * pooling. Small pictures, of at least 32 rows, have one dense layer after the mean of each
 * channel, {@code classifier} (Morcos et al. 2019, and Caron et al. 2020 after them); others
 * torchvision's three with dropout, and pooling to 7×7.
 */
final class Vgg {
  private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512, 512);
  private static final int LEAST = 32;
  private static final int GRID = 7;
  private static final int HIDDEN = 4096;
  private static final double DROPPED = 0.5;

  private Vgg() {}

  /** The network of so many convolutions in each stage. */
  static Architecture on(Stack stack, List<Integer> convolutions, int classes) {
    stack.require(LEAST);
    int value = 0;
    int index = 0;
    for (int stage = 0; stage < convolutions.size(); stage++) {
      for (int i = 0; i < convolutions.get(stage); i++) {
        String name = "features." + index;
        value = stack.add(new Layer.Convolution(name, value, CHANNELS.get(stage), 3, 1).biased());
        value = stack.normalised("features." + (index + 1), value, Activation.RELU);
        index += 3;
      }
      value = stack.maxPool("features." + index, value, Window.tiling(2));
      index++;
    }
    if (stack.small()) {
      stack.dense("classifier", stack.averagePool("avgpool", value), classes);
    } else {
      classify(stack, stack.add(new Layer.AveragePool("avgpool", value, GRID)), classes);
    }
    return stack.done();
  }

  private static void classify(Stack stack, int planes, int classes) {
    int value = stack.relu("classifier.1", stack.dense("classifier.0", planes, HIDDEN));
    value = stack.dropout("classifier.2", value, DROPPED);
    value = stack.relu("classifier.4", stack.dense("classifier.3", value, HIDDEN));
    value = stack.dropout("classifier.5", value, DROPPED);
    stack.dense("classifier.6", value, classes);
  }
}
