package dev.espalier.domain.study;

/**
 * Stochastic gradient descent with momentum as PyTorch defines it: v ← μ·v + (g + λ·w); w ← w −
 * η·v, or w ← w − η·((g + λ·w) + μ·v) with Nesterov's form.
 *
 * @param momentum μ, at least 0 and below 1
 * @param nesterov whether to use Nesterov's form
 */
public record Optimizer(double momentum, boolean nesterov) {
  /** Momentum 0.9, plain form. */
  public static final Optimizer STANDARD = new Optimizer(0.9, false);

  /**
   * Checks the momentum.
   *
   * @throws IllegalArgumentException when it is out of range, or when Nesterov's form is asked for
   *     without any
   */
  public Optimizer {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "expected a momentum of at least 0 and below 1, got " + momentum);
    }
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("expected a momentum above 0 with nesterov, got 0");
    }
  }
}
