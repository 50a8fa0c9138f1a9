package dev.espalier.compute.train;

import dev.espalier.compute.feed.Feed;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Plan;
import dev.espalier.domain.study.Criterion;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.DoubleUnaryOperator;

/** Means, over batches, of what a network's gradients say of its weights. */
final class Evidence {
  private final Apparatus apparatus;
  private final MemorySegment sums;
  private final MemorySegment gradients;

  /**
   * Evidence of the network of {@code apparatus}.
   *
   * @param sums where it goes: a float64 for each weight, 0 so far
   */
  Evidence(Apparatus apparatus, NativeArray sums) {
    this.apparatus = apparatus;
    this.sums = sums.segment();
    this.gradients = apparatus.parameters().segment(Buffer.GRADIENTS);
  }

  /** Adds up the means over {@code batches} batches, the first of them that of {@code step}. */
  void gather(Criterion.Evidence wanted, long step, int batches) {
    double share = 1.0 / batches;
    switch (wanted) {
      case NONE, CHANCE, FLOW, SCALE, MOVEMENT ->
          throw new IllegalArgumentException("expected evidence that images give, got " + wanted);
      case GRADIENT -> sum(step, batches, g -> g * share);
      case ABSOLUTE_GRADIENT -> sum(step, batches, g -> Math.abs(g) * share);
      case SQUARED_GRADIENT -> sum(step, batches, g -> g * g * share);
      case CURVED_GRADIENT -> {
        try (Curvature curvature = new Curvature(apparatus)) {
          show(step, batches, curvature.plan(), () -> curvature.addTo(sums, share));
        }
      }
    }
  }

  private void sum(long step, int batches, DoubleUnaryOperator part) {
    Plan plan = apparatus.plan();
    show(
        step,
        batches,
        plan,
        () -> {
          plan.gradients();
          add(part);
        });
  }

  private void show(long step, int batches, Plan plan, Runnable look) {
    try (Feed feed = apparatus.lesson().steps(step, step + batches)) {
      for (long shown = step; shown < step + batches; shown++) {
        long now = shown;
        feed.next(
            inputs -> {
              apparatus.lesson().teach(now, inputs, plan);
              return inputs;
            });
        look.run();
      }
    }
  }

  private void add(DoubleUnaryOperator part) {
    for (long i = 0; i < sums.byteSize() / Double.BYTES; i++) {
      double sum = sums.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      double gradient = gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      sums.setAtIndex(ValueLayout.JAVA_DOUBLE, i, sum + part.applyAsDouble(gradient));
    }
  }
}
