package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.domain.study.Precision;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A 3 x 3 convolution with everything it reads and writes, to run its kernels in a test. */
final class ConvolutionRig implements AutoCloseable {
  final ConvolutionShape shape;
  final Device device;
  final Tensor input;
  final Tensor output;
  final Tensor outer;
  final Tensor inner;
  final NativeArray weights;
  final NativeArray gradient;
  private final Crew crew;
  private final int threads;
  private final Operands operands;
  private boolean ready;

  /** Input, output's gradient and weights are drawn from the normal distribution. */
  ConvolutionRig(Precision precision, int in, int out, int size, int batch, int threads) {
    this.device = new Device(precision);
    Volume from = new Volume(in, size);
    Volume to = new Volume(out, size);
    this.threads = threads;
    this.crew = Crew.of(threads);
    this.shape = new ConvolutionShape(from, to, 3, 1, 1, 1);
    this.input = device.tensor(batch, from);
    this.output = device.tensor(batch, to);
    this.outer = device.tensor(batch, to);
    this.inner = device.tensor(batch, from);
    this.weights = device.allocate(shape.weights());
    this.gradient = device.allocate(shape.weights());
    this.operands =
        new Operands(
            "conv",
            input,
            output,
            new Operands.Learned(weights.address(), gradient.address()),
            Optional.empty());
    Random random = new Random(in + 31L * out + 1009L * size + batch);
    fill(weights.floatView(), random);
    fill(input, device.floats(batch, from), random);
    fill(outer, device.floats(batch, to), random);
    device.await();
    OpenMp.useThreads(threads);
  }

  private void fill(Tensor tensor, Tensor floats, Random random) {
    fill(floats.floats(), random);
    device.reorder("values", floats.handle(), tensor.handle()).run();
  }

  private void fill(FloatBuffer values, Random random) {
    while (values.hasRemaining()) {
      values.put((float) random.nextGaussian());
    }
  }

  /** The kernels of all directions by Winograd's minimal filtering. */
  List<Kernel> winograd(Winograd form) {
    WinogradConvolution convolution = new WinogradConvolution(device, crew, form, shape, operands);
    List<Kernel> kernels = new ArrayList<>(convolution.forward());
    kernels.addAll(convolution.backwardData(outer, inner));
    kernels.addAll(convolution.backwardWeights(outer));
    return kernels;
  }

  /** The kernels of one direction by Winograd's minimal filtering. */
  List<Kernel> winograd(Winograd form, Direction direction) {
    WinogradConvolution convolution = new WinogradConvolution(device, crew, form, shape, operands);
    return switch (direction) {
      case FORWARD -> convolution.forward();
      case BACKWARD_DATA -> convolution.backwardData(outer, inner);
      case BACKWARD_WEIGHTS -> convolution.backwardWeights(outer);
    };
  }

  /** The names of oneDNN's implementations of one direction. */
  List<String> implementations(Direction direction) {
    return new Convolution(device, shape, operands).implementations(direction);
  }

  /** The kernels of one direction by oneDNN. */
  List<Kernel> direct(Direction direction, String implementation) {
    Convolution convolution = new Convolution(device, shape, operands);
    Optional<String> name = Optional.of(implementation);
    return switch (direction) {
      case FORWARD -> convolution.forward(device.plain(), name);
      case BACKWARD_DATA -> convolution.backwardData(outer, inner, name);
      case BACKWARD_WEIGHTS -> convolution.backwardWeights(outer, name);
    };
  }

  /** Runs kernels; none can be made after the first run. */
  void run(List<Kernel> kernels) {
    OpenMp.useThreads(threads);
    if (!ready) {
      ready = true;
      device.allocateScratchpad();
    }
    kernels.forEach(Kernel::run);
    device.await();
  }

  /** A copy of a tensor's values as they lie, in float32. */
  float[] copy(Tensor tensor) {
    if (device.storesFloats()) {
      return copy(tensor.floats());
    }
    short[] halves = tensor.segment().toArray(ValueLayout.JAVA_SHORT);
    float[] copy = new float[halves.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = Float.intBitsToFloat(halves[i] << 16);
    }
    return copy;
  }

  /** A copy of values as they lie. */
  static float[] copy(FloatBuffer values) {
    float[] copy = new float[values.remaining()];
    values.duplicate().get(copy);
    return copy;
  }

  @Override
  public void close() {
    crew.close();
    device.close();
  }
}
