package dev.espalier.compute.plan;

/** Hears what a step spends its time on. */
@FunctionalInterface
public interface KernelClock {
  /**
   * A kernel ran.
   *
   * @param kernel what it does and for which layer: {@code conv1 forward}
   * @param nanos how long it took, in nanoseconds
   */
  void ran(String kernel, long nanos);
}
