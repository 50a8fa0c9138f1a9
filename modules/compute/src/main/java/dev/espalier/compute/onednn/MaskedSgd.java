package dev.espalier.compute.onednn;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Update;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The update of {@link Update} as one pass over weights, gradients, moments and mask. Where the
 * mask is 0, weight and moment become exactly 0, whatever the gradient.
 */
final class MaskedSgd {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final int length;
  private final MemorySegment weights;
  private final MemorySegment gradients;
  private final MemorySegment moments;
  private final MemorySegment mask;

  MaskedSgd(Parameters parameters) {
    this.length = parameters.length(Buffer.WEIGHTS);
    this.weights = parameters.segment(Buffer.WEIGHTS);
    this.gradients = parameters.segment(Buffer.GRADIENTS);
    this.moments = parameters.segment(Buffer.MOMENTS);
    this.mask = parameters.segment(Buffer.MASK);
  }

  void apply(Update update) {
    for (int i = 0; i < length; i += LANES.length()) {
      apply(update, (long) i * Float.BYTES, LANES.indexInRange(i, length));
    }
  }

  private void apply(Update update, long at, VectorMask<Float> lanes) {
    float momentum = (float) update.momentum();
    FloatVector w = FloatVector.fromMemorySegment(LANES, weights, at, ORDER, lanes);
    FloatVector g = FloatVector.fromMemorySegment(LANES, gradients, at, ORDER, lanes);
    FloatVector v = FloatVector.fromMemorySegment(LANES, moments, at, ORDER, lanes);
    FloatVector kept = FloatVector.fromMemorySegment(LANES, mask, at, ORDER, lanes);
    VectorMask<Float> removed = kept.compare(VectorOperators.EQ, 0f);
    g = g.add(w.mul((float) update.weightDecay()));
    v = v.mul(momentum).add(g);
    FloatVector direction = update.nesterov() ? g.add(v.mul(momentum)) : v;
    w = w.sub(direction.mul((float) update.learningRate()));
    v.blend(0f, removed).intoMemorySegment(moments, at, ORDER, lanes);
    w.blend(0f, removed).intoMemorySegment(weights, at, ORDER, lanes);
  }
}
