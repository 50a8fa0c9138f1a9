package dev.espalier.compute.onednn;

import dev.espalier.compute.network.Activation;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.plan.NativeArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Times the implementations of one convolution against each other, in turn, on random numbers. */
final class Trial {
  private static final String WIDE = "avx512";
  private static final int WARMING = 4; // rounds until what is compiled as it runs is compiled
  private static final int FEWEST = 8; // rounds
  private static final int MOST = 40;
  private static final Duration LONGEST = Duration.ofMillis(1500);
  private static final double CLEAR = 0.97; // of oneDNN's first choice: less is chance
  private static final double SLOW = 3; // times the first choice: not worth more rounds
  private static final double NANOS_A_MILLI = 1e6;

  private final Device device;
  private final Tensor input;
  private final Tensor output;
  private final Ways ways;
  private final Random random = new Random(1);

  Trial(Device device, ConvolutionShape shape, Form form) {
    this.device = device;
    this.input = filled(form.batch(), shape.in());
    this.output = filled(form.batch(), shape.out());
    NativeArray weights = device.allocate(shape.weights());
    NativeArray gradient = device.allocate(shape.weights());
    fill(weights.segment());
    var learned = new Operands.Learned(weights.address(), gradient.address());
    Operands operands = new Operands("trial", input, output, learned, Optional.empty());
    this.ways = new Ways(device, shape, operands, form);
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
    List<String> names = worthwhile(ways.names(direction));
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

  /** Without references, and without those for lesser instructions where there are better ones. */
  private static List<String> worthwhile(List<String> names) {
    boolean wide = names.stream().anyMatch(name -> name.contains(WIDE));
    List<String> worthwhile =
        names.stream()
            .filter(name -> !name.contains("ref"))
            .filter(name -> !wide || name.contains(WIDE) || Winograd.named(name).isPresent())
            .toList();
    return worthwhile.isEmpty() ? names : worthwhile;
  }

  private List<Kernel> kernels(Direction direction, String name) {
    Optional<String> implementation = Optional.of(name);
    return switch (direction) {
      case FORWARD -> ways.forward(Activation.NONE, implementation);
      case BACKWARD_DATA -> ways.backwardData(output, input, implementation);
      case BACKWARD_WEIGHTS -> ways.backwardWeights(output, implementation);
    };
  }

  private double[] times(List<List<Kernel>> candidates) {
    double[] best = new double[candidates.size()];
    long began = System.nanoTime();
    for (int round = 0; round < FEWEST || !enough(round, began); round++) {
      for (int i = 0; i < best.length; i++) {
        boolean warming = round < WARMING;
        boolean worthIt = warming || best[i] < SLOW * best[0];
        double time = worthIt ? time(candidates.get(i)) : best[i];
        best[i] = warming ? time : Math.min(best[i], time);
      }
    }
    return best;
  }

  private static boolean enough(int round, long began) {
    return round >= MOST || System.nanoTime() - began > LONGEST.toNanos();
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
