package dev.espalier.compute.network;

/** Two 3×3 convolutions of 32 and 64 channels with max pooling, and two dense layers. */
final class SmallPlain {
  private static final int LEAST = 4;

  private SmallPlain() {}

  /** The network, for pictures of at least 4 rows. */
  static Architecture on(Stack stack, int classes) {
    stack.require(LEAST);
    int value = stack.add(new Layer.Convolution("conv1", 0, 32, 3, 1).biased());
    value = stack.maxPool("pool1", stack.relu("relu1", value), Window.tiling(2));
    value = stack.add(new Layer.Convolution("conv2", value, 64, 3, 1).biased());
    value = stack.maxPool("pool2", stack.relu("relu2", value), Window.tiling(2));
    value = stack.relu("relu3", stack.dense("fc1", value, 128));
    stack.dense("fc2", value, classes);
    return stack.done();
  }
}
