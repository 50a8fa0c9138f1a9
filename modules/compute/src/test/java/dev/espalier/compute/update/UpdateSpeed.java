package dev.espalier.compute.update;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Layer;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How long an update of eleven million weights takes. Arguments: threads, rounds. */
public final class UpdateSpeed {
  private static final Architecture NETWORK =
      new Architecture(
          "wide",
          new Volume(1024, 1),
          List.of(new Layer.AveragePool("pool", 0), new Layer.Dense("fc", 1, 10_752)));

  private UpdateSpeed() {}

  /** Prints the median time and the memory that passes in it. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[1]);
    try (Crew crew = Crew.of(Integer.parseInt(arguments[0]))) {
      Optimizer adam = new Optimizer.Adam(0.9, 0.999, 1e-8);
      Optimizer lars = new Optimizer.Lars(0.9, 1e-3, 1e-8);
      time(crew, rounds, "sgd", Optimizer.STANDARD, OptionalDouble.empty(), 6);
      time(crew, rounds, "sgd clipped", Optimizer.STANDARD, OptionalDouble.of(1), 8);
      time(crew, rounds, "adam", adam, OptionalDouble.empty(), 8);
      time(crew, rounds, "lars", lars, OptionalDouble.empty(), 10);
    }
  }

  private static void time(
      Crew crew, int rounds, String name, Optimizer optimizer, OptionalDouble clip, int passes) {
    try (Parameters parameters = Parameters.float32(NETWORK, optimizer)) {
      float[] ones = new float[parameters.length(Buffer.WEIGHTS)];
      Arrays.fill(ones, 0.01f);
      parameters.set(Buffer.GRADIENTS, ones);
      parameters.set(Buffer.WEIGHTS, ones);
      MaskedUpdate update = new MaskedUpdate(parameters, crew);
      double[] times = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        long begin = System.nanoTime();
        update.apply(new Update(optimizer, 1e-4, 1e-4, i + 1, clip));
        times[i] = (System.nanoTime() - begin) / 1e6;
      }
      Arrays.sort(times);
      double median = times[rounds / 2];
      System.out.printf(
          Locale.ROOT,
          "%s: best %.2f ms, median %.2f ms, %.1f GB/s%n",
          name,
          times[0],
          median,
          ones.length * 4.0 * passes / median / 1e6);
    }
  }
}
