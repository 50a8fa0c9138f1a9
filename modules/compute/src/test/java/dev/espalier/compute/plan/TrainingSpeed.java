package dev.espalier.compute.plan;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Precision;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How many images a second a network is trained on, for {@code src/config/bench-torch}, which sets
 * PyTorch beside it. Arguments: network, batch, threads, seconds.
 */
public final class TrainingSpeed {
  private static final Update UPDATE = Update.sgd(0.05, 0.9, false, 1e-4);

  private TrainingSpeed() {}

  /** Prints the rate of the fastest step and that of the median one. */
  public static void main(String[] arguments) {
    Network network = KnownNetwork.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int batch = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    Precision precision =
        arguments.length > 4
            ? Precision.valueOf(arguments[4].toUpperCase(Locale.ROOT))
            : Precision.FLOAT32;
    Architecture architecture = Architectures.of(network, new Volume(3, 32), 10);
    try (Parameters parameters = Parameters.float32(architecture);
        Plan plan =
            new OneDnnProvider(threads).compile(architecture, parameters, batch, precision)) {
      fill(parameters, plan);
      for (int i = 0; i < 3; i++) {
        plan.step(UPDATE);
      }
      double[] times = stepTimes(plan, seconds);
      System.out.printf(
          Locale.ROOT,
          "ours %s batch %d, %d threads: best %.1f, median %.1f images/s%n",
          network,
          batch,
          threads,
          batch / times[0],
          batch / times[times.length / 2]);
    }
  }

  private static void fill(Parameters parameters, Plan plan) {
    Random random = new Random(1);
    float[] weights = new float[parameters.length(Parameters.Buffer.WEIGHTS)];
    for (Slot slot : parameters.slots()) {
      double fanIn = slot.length() / (double) slot.shape().getFirst();
      for (int i = slot.offset(); i < slot.end(); i++) {
        weights[i] = slot.prunable() ? (float) (random.nextGaussian() * Math.sqrt(2 / fanIn)) : 1f;
      }
    }
    parameters.set(Parameters.Buffer.WEIGHTS, weights);
    FloatBuffer images = plan.images();
    while (images.hasRemaining()) {
      images.put((float) random.nextGaussian());
    }
    plan.labels(random.ints(plan.batch(), 0, 10).toArray());
  }

  private static double[] stepTimes(Plan plan, double seconds) {
    double[] times = new double[1 << 16];
    int steps = 0;
    long begin = System.nanoTime();
    long now = begin;
    while (now - begin < seconds * 1e9 && steps < times.length) {
      plan.step(UPDATE);
      long then = System.nanoTime();
      times[steps++] = (then - now) / 1e9;
      now = then;
    }
    double[] sorted = Arrays.copyOf(times, steps);
    Arrays.sort(sorted);
    return sorted;
  }
}
