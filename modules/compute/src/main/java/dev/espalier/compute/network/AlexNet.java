package dev.espalier.compute.network;

/**
 * Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks", as in
 * torchvision, for pictures that are not small.
 */
final class AlexNet {
  private static final Window POOLED = new Window(3, 2, 0);
  private static final int GRID = 6;
  private static final int HIDDEN = 4096;
  private static final double DROPPED = 0.5;

  private final Stack stack;

  private AlexNet(Stack stack) {
    this.stack = stack;
  }

  /** The network. */
  static Architecture on(Stack stack, int classes) {
    stack.require(Stack.SMALL + 1);
    AlexNet network = new AlexNet(stack);
    int value = network.convolved(0, 0, 64, new Window(11, 4, 2));
    value = stack.maxPool("features.2", value, POOLED);
    value = network.convolved(3, value, 192, Window.centred(5, 1));
    value = stack.maxPool("features.5", value, POOLED);
    value = network.convolved(6, value, 384, Window.centred(3, 1));
    value = network.convolved(8, value, 256, Window.centred(3, 1));
    value = network.convolved(10, value, 256, Window.centred(3, 1));
    value = stack.maxPool("features.12", value, POOLED);
    network.classify(stack.add(new Layer.AveragePool("avgpool", value, GRID)), classes);
    return stack.done();
  }

  private int convolved(int index, int input, int channels, Window window) {
    String name = "features." + index;
    int value = stack.add(new Layer.Convolution(name, input, channels, window, 1, true));
    return stack.relu("features." + (index + 1), value);
  }

  private void classify(int planes, int classes) {
    int value = stack.dropout("classifier.0", planes, DROPPED);
    value = stack.relu("classifier.2", stack.dense("classifier.1", value, HIDDEN));
    value = stack.dropout("classifier.3", value, DROPPED);
    value = stack.relu("classifier.5", stack.dense("classifier.4", value, HIDDEN));
    stack.dense("classifier.6", value, classes);
  }
}
