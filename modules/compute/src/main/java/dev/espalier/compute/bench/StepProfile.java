package dev.espalier.compute.bench;

import dev.espalier.compute.plan.KernelClock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the time of training steps is spent on.
 *
 * @param step seconds of one step, on average
 * @param kernels its kernels, those that take longest first
 */
public record StepProfile(double step, List<KernelTime> kernels) {
  /**
   * One kernel's part of a step; what runs several times under one name counts together.
   *
   * @param name what it does and for which layer
   * @param seconds how long it takes in one step, on average
   */
  public record KernelTime(String name, double seconds) {}

  /** The share of a step that no kernel takes, 0 to 1. */
  public double outside() {
    return 1 - kernels.stream().mapToDouble(KernelTime::seconds).sum() / step;
  }

  /** Adds up steps. */
  static final class Sum implements KernelClock {
    private final Map<String, Long> nanos = new LinkedHashMap<>();

    @Override
    public void ran(String kernel, long time) {
      nanos.merge(kernel, time, Long::sum);
    }

    /** The profile of the steps so far: there were {@code steps}, in {@code seconds}. */
    StepProfile of(int steps, double seconds) {
      return new StepProfile(
          seconds / steps,
          nanos.entrySet().stream()
              .map(k -> new KernelTime(k.getKey(), k.getValue() / Times.NANOS / steps))
              .sorted(Comparator.comparingDouble(KernelTime::seconds).reversed())
              .toList());
    }
  }
}
