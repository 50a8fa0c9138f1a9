package dev.espalier.compute.network;

/**
 * The CIFAR form of He et al. 2016, "Deep residual learning for image recognition", §4.2: three
 * stages of 16, 32 and 64 channels. Where a block has stride 2, the shortcut is a projection (their
 * option B) or without parameters (their option A).
 */
final class CifarResidual {
  private static final int STAGES = 3;
  private static final int NARROWEST = 16;

  private final Stack stack;
  private final boolean projects;

  private CifarResidual(Stack stack, boolean projects) {
    this.stack = stack;
    this.projects = projects;
  }

  /** The network of so many blocks a stage, with projection shortcuts. */
  static Architecture projecting(Stack stack, int blocks, int classes) {
    return new CifarResidual(stack, true).of(blocks, classes);
  }

  /** The network of so many blocks a stage, with shortcuts that pad. */
  static Architecture padding(Stack stack, int blocks, int classes) {
    return new CifarResidual(stack, false).of(blocks, classes);
  }

  private Architecture of(int blocks, int classes) {
    int value = stack.convolution("conv1", 0, NARROWEST, 3, 1);
    value = stack.normalised("bn1", value, Activation.RELU);
    for (int stage = 0; stage < STAGES; stage++) {
      for (int block = 0; block < blocks; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        value = block("layer" + (stage + 1) + "." + block, value, NARROWEST << stage, stride);
      }
    }
    stack.dense("fc", stack.averagePool("avgpool", value), classes);
    return stack.done();
  }

  private int block(String name, int input, int channels, int stride) {
    int value = stack.convolution(name + ".conv1", input, channels, 3, stride);
    value = stack.normalised(name + ".bn1", value, Activation.RELU);
    value = stack.convolution(name + ".conv2", value, channels, 3, 1);
    value = stack.normalised(name + ".bn2", value, Activation.NONE);
    int shortcut = stride == 1 ? input : shortcut(name, input, channels, stride);
    return stack.add(new Layer.Sum(name, value, shortcut, Activation.RELU));
  }

  private int shortcut(String name, int input, int channels, int stride) {
    if (!projects) {
      return stack.add(new Layer.PadShortcut(name + ".shortcut", input, channels, stride));
    }
    int value = stack.convolution(name + ".downsample.0", input, channels, 1, stride);
    return stack.normalised(name + ".downsample.1", value, Activation.NONE);
  }
}
