package dev.espalier.compute.train;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.study.Precision;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * H g, the product of the loss's second derivatives with its gradient g, as the difference of the
 * gradients a little way to both sides along g; among the weights that may be removed and are
 * there.
 *
 * <p>In float64: in float32 a difference is mostly rounding where the way is short, and where it is
 * long it takes units across the kink of max(0, ·), which H knows nothing of.
 */
final class Curvature implements AutoCloseable {
  private static final double REACH = 1e-7; // of the weights' length

  private final Parameters parameters;
  private final Plan plan;
  private final MemorySegment weights;
  private final MemorySegment gradients;
  private final MemorySegment mask; // float32
  private final NativeArray before;
  private final NativeArray direction;
  private final NativeArray ahead;
  private final int length;

  /** That of the network of {@code apparatus}, as its weights are now. */
  Curvature(Apparatus apparatus) {
    Parameters given = apparatus.parameters();
    this.length = given.length(Buffer.WEIGHTS);
    this.mask = given.segment(Buffer.MASK);
    this.parameters = Parameters.float64(given.architecture());
    this.weights = parameters.segment(Buffer.WEIGHTS);
    this.gradients = parameters.segment(Buffer.GRADIENTS);
    this.before = NativeArray.doubles(length);
    this.direction = NativeArray.doubles(length);
    this.ahead = NativeArray.doubles(length);
    for (int i = 0; i < length; i++) {
      weights.setAtIndex(
          ValueLayout.JAVA_DOUBLE,
          i,
          given.segment(Buffer.WEIGHTS).getAtIndex(ValueLayout.JAVA_FLOAT, i));
    }
    before.segment().copyFrom(weights);
    this.plan =
        Apparatus.compile(new Nd4jProvider(), apparatus.lesson(), parameters, Precision.FLOAT32);
  }

  /** What is to be shown a batch. */
  Plan plan() {
    return plan;
  }

  /** Adds H g for the batch that was shown to {@code sums}. */
  void addTo(ExactSums sums) {
    plan.gradients();
    direct();
    double width = norm(direction.segment());
    if (width == 0) {
      return; // along nothing there is no curvature
    }
    double reach = REACH * norm(before.segment()) / width;
    move(reach);
    plan.gradients();
    ahead.segment().copyFrom(gradients);
    move(-reach);
    plan.gradients();
    add(sums, 2 * reach);
    weights.copyFrom(before.segment());
  }

  private void direct() {
    for (Slot slot : parameters.slots()) {
      for (int i = slot.offset(); slot.prunable() && i < slot.end(); i++) {
        double gradient = gradients.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
        float there = mask.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        direction.segment().setAtIndex(ValueLayout.JAVA_DOUBLE, i, there * gradient);
      }
    }
  }

  private double norm(MemorySegment values) {
    double squares = 0;
    for (int i = 0; i < length; i++) {
      double value = values.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private void move(double reach) {
    for (int i = 0; i < length; i++) {
      double from = before.segment().getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      double way = direction.segment().getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      weights.setAtIndex(ValueLayout.JAVA_DOUBLE, i, from + reach * way);
    }
  }

  private void add(ExactSums sums, double way) {
    for (int i = 0; i < length; i++) {
      double there = ahead.segment().getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      double here = gradients.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      sums.add(i, (there - here) / way);
    }
  }

  @Override
  public void close() {
    plan.close();
    parameters.close();
    before.close();
    direction.close();
    ahead.close();
  }
}
