package dev.espalier.compute.onednn;

import dev.espalier.domain.study.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long 3 x 3 convolutions take by oneDNN's direct implementations, the fastest of each
 * direction, and by Winograd's minimal filtering. Arguments: precision, threads, seconds for each
 * figure, then shapes such as {@code 64x32b128}: channels, rows and columns, images; {@code
 * 64x32to128b16} gives other channels than it reads.
 */
public final class WinogradSpeed {
  private static final List<String> SHAPES =
      List.of(
          "16x32b128",
          "32x16b128",
          "64x8b128",
          "64x32b128",
          "128x16b128",
          "256x8b128",
          "512x4b128",
          "512x2b128",
          "64x56b32",
          "128x28b32",
          "256x14b32",
          "512x7b32");
  private static final String DIRECT = "direct";

  private final Precision precision;
  private final int threads;
  private final double seconds;

  private WinogradSpeed(Precision precision, int threads, double seconds) {
    this.precision = precision;
    this.threads = threads;
    this.seconds = seconds;
  }

  /** Prints the best time of each, and its GFLOP/s, counting the operations of a direct one. */
  public static void main(String[] arguments) {
    WinogradSpeed speed =
        new WinogradSpeed(
            Precision.valueOf(arguments[0].toUpperCase(Locale.ROOT)),
            Integer.parseInt(arguments[1]),
            Double.parseDouble(arguments[2]));
    List<String> shapes = Arrays.asList(arguments).subList(3, arguments.length);
    for (String shape : shapes.isEmpty() ? SHAPES : shapes) {
      for (Direction direction : Direction.values()) {
        speed.measure(shape, direction);
      }
    }
  }

  private void measure(String name, Direction direction) {
    String[] sizes = name.split("x|b|to", -1);
    int in = Integer.parseInt(sizes[0]);
    int size = Integer.parseInt(sizes[1]);
    int out = sizes.length == 4 ? Integer.parseInt(sizes[2]) : in;
    int batch = Integer.parseInt(sizes[sizes.length - 1]);
    try (ConvolutionRig rig = new ConvolutionRig(precision, in, out, size, batch, threads)) {
      Map<String, List<List<Kernel>>> candidates = candidates(rig, direction);
      double operations = 2.0 * batch * size * size * rig.shape.weights();
      StringBuilder line = new StringBuilder("%-10s %-16s".formatted(name, direction));
      double direct = 0;
      for (String candidate : candidates.keySet()) {
        double best = Double.MAX_VALUE;
        for (List<Kernel> kernels : candidates.get(candidate)) {
          best = Math.min(best, milliseconds(rig, kernels));
        }
        direct = candidate.equals(DIRECT) ? best : direct;
        line.append(
            " | %s %7.3f ms %4.0f GFLOP/s x%.2f"
                .formatted(candidate, best, operations / best / 1e6, direct / best));
      }
      System.out.println(line);
    }
  }

  private Map<String, List<List<Kernel>>> candidates(ConvolutionRig rig, Direction direction) {
    Map<String, List<List<Kernel>>> candidates = new LinkedHashMap<>();
    List<List<Kernel>> direct = new ArrayList<>();
    for (String implementation : rig.implementations(direction)) {
      if (!implementation.contains("ref") && !implementation.contains("gemm")) {
        direct.add(rig.direct(direction, implementation));
      }
    }
    candidates.put(DIRECT, direct);
    for (Winograd form : Winograd.values()) {
      candidates.put(form.toString(), List.of(rig.winograd(form, direction)));
    }
    return candidates;
  }

  private double milliseconds(ConvolutionRig rig, List<Kernel> kernels) {
    double best = Double.MAX_VALUE;
    long begin = System.nanoTime();
    for (int i = 0; i < 5 || System.nanoTime() - begin < seconds * 1e9; i++) {
      long before = System.nanoTime();
      rig.run(kernels);
      best = Math.min(best, (System.nanoTime() - before) / 1e6);
    }
    return best;
  }
}
