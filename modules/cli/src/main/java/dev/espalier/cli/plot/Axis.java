package dev.espalier.cli.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Where a value lies on a plot, in pixels. */
sealed interface Axis {

  /** The pixel of {@code value}. */
  double at(double value);

  /**
   * Densities, falling from left to right in equal steps for equal ratios.
   *
   * @param least the lowest density, above 0
   * @param left the pixel of density 1
   * @param right the pixel of {@code least}
   */
  record Density(double least, double left, double right) implements Axis {
    private static final double CLOSEST_TICKS = 46;

    @Override
    public double at(double value) {
      double span = Math.max(-Math.log(least), 1e-9);
      return left + (right - left) * -Math.log(value) / span;
    }

    /** Those of {@code densities} that can be labelled without touching, falling. */
    List<Double> ticks(DoubleStream densities) {
      List<Double> ticks = new ArrayList<>();
      for (double density : densities.distinct().sorted().toArray()) {
        if (ticks.isEmpty() || at(ticks.getLast()) - at(density) >= CLOSEST_TICKS) {
          ticks.add(density);
        }
      }
      return ticks.reversed();
    }
  }

  /**
   * Accuracies, rising from bottom to top.
   *
   * @param low the lowest shown
   * @param high the highest shown
   * @param bottom the pixel of {@code low}
   * @param top the pixel of {@code high}
   */
  record Accuracy(double low, double high, double bottom, double top) implements Axis {
    private static final List<Double> STEPS = List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1);
    private static final int MOST_TICKS = 9;
    private static final double ROUNDING = 1e-9;

    /** The axis that holds {@code values}, widened to whole steps. */
    static Accuracy over(double[] values, double bottom, double top) {
      double low = DoubleStream.of(values).min().orElse(0);
      double high = DoubleStream.of(values).max().orElse(1);
      double step = step(high - low);
      double floor = Math.floor(low / step + ROUNDING) * step;
      double ceiling = Math.min(1, Math.ceil(high / step - ROUNDING) * step);
      return new Accuracy(floor, Math.max(ceiling, floor + step), bottom, top);
    }

    private static double step(double range) {
      return STEPS.stream()
          .filter(step -> range / step <= MOST_TICKS - 1)
          .findFirst()
          .orElse(STEPS.getLast() * 2);
    }

    @Override
    public double at(double value) {
      return bottom + (top - bottom) * (value - low) / (high - low);
    }

    List<Double> ticks() {
      double step = step(high - low);
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; low + i * step <= high + ROUNDING; i++) {
        ticks.add(low + i * step);
      }
      return ticks;
    }
  }
}
