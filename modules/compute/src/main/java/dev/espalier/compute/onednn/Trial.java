package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.NativeArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Times the implementations of one convolution against each other, in turn, on random numbers. */
final class Trial {
  private static final int ROUNDS = 12;
  private static final double CLEAR = 0.97; // of oneDNN's first choice: less is chance
  private static final double SLOW = 3; // times the first choice: not worth more rounds
  private static final double NANOS_A_MILLI = 1e6;

  private final Device device;
  private final Tensor input;
  private final Tensor output;
  private final Convolution convolution;
  private final Random random = new Random(1);

  Trial(Device device, ConvolutionShape shape, Form form) {
    this.device = device;
    this.input = filled(form.batch(), shape.in());
    this.output = filled(form.batch(), shape.out());
    NativeArray weights = device.allocate(shape.weights());
    NativeArray gradient = device.allocate(shape.weights());
    fill(weights.segment());
    var learned = new Operands.Learned(weights.address(), gradient.address());
    this.convolution =
        new Convolution(
            device, shape, new Operands("trial", input, output, learned, Optional.empty()));
  }

  private Tensor filled(int batch, Volume volume) {
    Tensor numbers = device.floats(batch, volume);
    fill(numbers.segment());
    Tensor tensor = device.tensor(batch, volume);
    device.reorder("numbers", numbers.handle(), tensor.handle()).run();
    device.await();
    return tensor;
  }

  private void fill(MemorySegment floats) {
    for (long i = 0; i < floats.byteSize() / Float.BYTES; i++) {
      floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
    }
  }

  /**
   * The fastest implementation of {@code direction}; the first one unless another is clearly so.
   */
  Winner of(Direction direction) {
    List<String> names = convolution.implementations(direction);
    List<List<Kernel>> candidates = new ArrayList<>();
    names.forEach(name -> candidates.add(kernels(direction, name)));
    device.allocateScratchpad();
    double[] best = times(candidates);
    int fastest = 0;
    for (int i = 1; i < best.length; i++) {
      fastest = best[i] < best[fastest] ? i : fastest;
    }
    int winner = best[fastest] < CLEAR * best[0] ? fastest : 0;
    return new Winner(names.get(winner), best[winner], best[0]);
  }

  private List<Kernel> kernels(Direction direction, String name) {
    Optional<String> implementation = Optional.of(name);
    return switch (direction) {
      case FORWARD -> convolution.forward(device.plain(), implementation);
      case BACKWARD_DATA -> convolution.backwardData(output, input, implementation);
      case BACKWARD_WEIGHTS -> convolution.backwardWeights(output, implementation);
    };
  }

  private double[] times(List<List<Kernel>> candidates) {
    double[] best = new double[candidates.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < best.length; i++) {
        double time = round == 0 || best[i] < SLOW * best[0] ? time(candidates.get(i)) : best[i];
        best[i] = round < 2 ? time : Math.min(best[i], time); // the first round warms up
      }
    }
    return best;
  }

  private double time(List<Kernel> kernels) {
    long began = System.nanoTime();
    kernels.forEach(Kernel::run);
    device.await();
    return (System.nanoTime() - began) / NANOS_A_MILLI;
  }

  /**
   * What a trial found.
   *
   * @param name the fastest implementation's
   * @param millis its fastest run
   * @param usual that of oneDNN's first choice
   */
  record Winner(String name, double millis, double usual) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%s in %.2f ms (first choice %.2f ms)", name, millis, usual);
    }
  }
}
