package dev.espalier.compute.update;

import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Adam's update: g ← c·g + λ·w; m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; w ← σ·w − η′·m ÷
 * (ρ·√v + ε), where η′ = η ÷ (1 − β₁ᵗ) and ρ = 1 ÷ √(1 − β₂ᵗ), and the shrinkage σ is 1 unless
 * weight decay stands beside the gradient. Where the mask is 0, all three become exactly 0,
 * whatever the gradient.
 */
final class AdamPass implements Pass {
  private final Flat weights;
  private final Flat gradients;
  private final Flat means;
  private final Flat squares;
  private final Flat mask;
  private final Rates rates;

  AdamPass(Parameters parameters, Rates rates) {
    this.weights = Flat.of(parameters, Buffer.WEIGHTS);
    this.gradients = Flat.of(parameters, Buffer.GRADIENTS);
    this.means = Flat.of(parameters, Buffer.MOMENTS);
    this.squares = Flat.of(parameters, Buffer.SECOND_MOMENTS);
    this.mask = Flat.of(parameters, Buffer.MASK);
    this.rates = rates;
  }

  /**
   * The numbers of one update.
   *
   * @param beta1 β₁
   * @param beta2 β₂
   * @param epsilon ε
   * @param rate η′
   * @param root ρ
   * @param decay λ in the gradient
   * @param shrinkage σ
   * @param clip c
   */
  record Rates(
      double beta1,
      double beta2,
      float epsilon,
      float rate,
      float root,
      float decay,
      float shrinkage,
      float clip) {}

  @Override
  public void run(Chunk chunk) {
    long end = Pass.end(chunk);
    long at = Pass.start(chunk);
    for (; at <= end - Flat.STEP; at += Flat.STEP) {
      move(at, Flat.ALL);
    }
    if (at < end) {
      move(at, Pass.rest(at, end));
    }
  }

  private void move(long at, VectorMask<Float> lanes) {
    FloatVector w = weights.load(at, lanes);
    FloatVector m = means.load(at, lanes);
    FloatVector v = squares.load(at, lanes);
    VectorMask<Float> removed = Flat.removed(mask.load(at, lanes));
    FloatVector g = gradients.load(at, lanes).mul(rates.clip).add(w.mul(rates.decay));
    m = m.mul((float) rates.beta1).add(g.mul((float) (1 - rates.beta1)));
    v = v.mul((float) rates.beta2).add(g.mul(g).mul((float) (1 - rates.beta2)));
    FloatVector scale = v.sqrt().mul(rates.root).add(rates.epsilon);
    w = w.mul(rates.shrinkage).sub(m.mul(rates.rate).div(scale));
    means.store(at, lanes, m.blend(0f, removed));
    squares.store(at, lanes, v.blend(0f, removed));
    weights.store(at, lanes, w.blend(0f, removed));
  }
}
