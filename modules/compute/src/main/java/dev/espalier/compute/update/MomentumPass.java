package dev.espalier.compute.update;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Updates with one moment: v ← μ·v + γ·(c·g + λ·w); w ← w − η·d, where the direction d is v, or in
 * Nesterov's form γ·(c·g + λ·w) + μ·v. γ, the gain, is 1 but for layer-wise scaling. Where the mask
 * is 0, w and v become exactly 0, whatever the gradient.
 */
final class MomentumPass implements Pass {
  private final Flat weights;
  private final Flat gradients;
  private final Flat moments;
  private final Flat mask;
  private final Rates rates;

  MomentumPass(Parameters parameters, Rates rates) {
    this.weights = Flat.of(parameters, Buffer.WEIGHTS);
    this.gradients = Flat.of(parameters, Buffer.GRADIENTS);
    this.moments = Flat.of(parameters, Buffer.MOMENTS);
    this.mask = Flat.of(parameters, Buffer.MASK);
    this.rates = rates;
  }

  /**
   * The numbers of one update.
   *
   * @param rate η
   * @param momentum μ
   * @param nesterov whether the direction is Nesterov's
   * @param clip c
   * @param decays λ of each tensor
   * @param gains γ of each tensor
   */
  record Rates(float rate, float momentum, boolean nesterov, float clip, Each decays, Each gains) {}

  /** A number for each tensor. */
  interface Each {
    float of(int slot);
  }

  @Override
  public void run(Chunk chunk) {
    float decay = rates.decays.of(chunk.slot());
    float gain = rates.gains.of(chunk.slot());
    if (rates.nesterov) {
      moveAhead(chunk, decay, gain);
    } else {
      move(chunk, decay, gain);
    }
  }

  // Two loops, because a vector that is one of two by a condition becomes an object.

  private void move(Chunk chunk, float decay, float gain) {
    long end = Pass.end(chunk);
    long at = Pass.start(chunk);
    for (; at <= end - Flat.STEP; at += Flat.STEP) {
      move(at, Flat.ALL, decay, gain);
    }
    if (at < end) {
      move(at, Pass.rest(at, end), decay, gain);
    }
  }

  private void moveAhead(Chunk chunk, float decay, float gain) {
    long end = Pass.end(chunk);
    long at = Pass.start(chunk);
    for (; at <= end - Flat.STEP; at += Flat.STEP) {
      moveAhead(at, Flat.ALL, decay, gain);
    }
    if (at < end) {
      moveAhead(at, Pass.rest(at, end), decay, gain);
    }
  }

  private void move(long at, VectorMask<Float> lanes, float decay, float gain) {
    FloatVector w = weights.load(at, lanes);
    VectorMask<Float> removed = Flat.removed(mask.load(at, lanes));
    FloatVector g = gradients.load(at, lanes).mul(rates.clip).add(w.mul(decay)).mul(gain);
    FloatVector v = moments.load(at, lanes).mul(rates.momentum).add(g);
    moments.store(at, lanes, v.blend(0f, removed));
    weights.store(at, lanes, w.sub(v.mul(rates.rate)).blend(0f, removed));
  }

  private void moveAhead(long at, VectorMask<Float> lanes, float decay, float gain) {
    FloatVector w = weights.load(at, lanes);
    VectorMask<Float> removed = Flat.removed(mask.load(at, lanes));
    FloatVector g = gradients.load(at, lanes).mul(rates.clip).add(w.mul(decay)).mul(gain);
    FloatVector v = moments.load(at, lanes).mul(rates.momentum).add(g);
    FloatVector direction = g.add(v.mul(rates.momentum));
    moments.store(at, lanes, v.blend(0f, removed));
    weights.store(at, lanes, w.sub(direction.mul(rates.rate)).blend(0f, removed));
  }
}
