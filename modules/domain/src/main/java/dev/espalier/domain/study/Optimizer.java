package dev.espalier.domain.study;

/**
 * The rule by which a step moves the weights. In the formulas w is a weight, g the gradient of the
 * loss by it, η the learning rate of the step, λ the weight decay and t the number of the step from
 * 1 on, counted from where the moments were 0.
 */
public sealed interface Optimizer {
  /** Stochastic gradient descent with momentum 0.9, plain form. */
  Optimizer STANDARD = new Sgd(0.9, false);

  /**
   * Stochastic gradient descent with momentum as PyTorch defines it: v ← μ·v + (g + λ·w); w ← w −
   * η·v, or w ← w − η·((g + λ·w) + μ·v) with Nesterov's form.
   *
   * @param momentum μ, at least 0 and below 1
   * @param nesterov whether to use Nesterov's form
   */
  record Sgd(double momentum, boolean nesterov) implements Optimizer {
    /**
     * Checks the momentum.
     *
     * @throws IllegalArgumentException when it is out of range, or when Nesterov's form is asked
     *     for without any
     */
    public Sgd {
      requireShare("momentum", momentum);
      if (nesterov && momentum == 0) {
        throw new IllegalArgumentException("expected a momentum above 0 with nesterov, got 0");
      }
    }
  }

  /**
   * Adam (Kingma and Ba 2015) with weight decay in the gradient, as {@code torch.optim.Adam} has
   * it: g ← g + λ·w; m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; w ← w − η·(m ÷ (1 − β₁ᵗ)) ÷
   * (√(v ÷ (1 − β₂ᵗ)) + ε).
   *
   * @param beta1 β₁, at least 0 and below 1
   * @param beta2 β₂, at least 0 and below 1
   * @param epsilon ε, above 0
   */
  record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
    /**
     * Checks the three numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public Adam {
      requireBetas(beta1, beta2, epsilon);
    }
  }

  /**
   * Adam with the weight decay beside the gradient (Loshchilov and Hutter 2019), as {@code
   * torch.optim.AdamW} has it: w ← (1 − η·λ)·w first, then as {@link Adam} with the bare g.
   *
   * @param beta1 β₁, at least 0 and below 1
   * @param beta2 β₂, at least 0 and below 1
   * @param epsilon ε, above 0
   */
  record AdamW(double beta1, double beta2, double epsilon) implements Optimizer {
    /**
     * Checks the three numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public AdamW {
      requireBetas(beta1, beta2, epsilon);
    }
  }

  /**
   * Layer-wise adaptive rate scaling as You, Gitman and Ginsburg define it (2017, "Large Batch
   * Training of Convolutional Networks", algorithm 1): for each tensor ρ = τ·|w| ÷ (|g| + λ·|w| +
   * ε), then v ← μ·v + η·ρ·(g + λ·w) and w ← w − v, the learning rate within the moment.
   *
   * <p>Two deviations, both usual since: ε, which the paper does not have; and biases, scales and
   * shifts, whose norms say little, take ρ = 1 and λ = 0. A tensor with |w| = 0 or |g| = 0 takes ρ
   * = 1 too.
   *
   * @param momentum μ, at least 0 and below 1
   * @param trustCoefficient τ, above 0
   * @param epsilon ε, at least 0
   */
  record Lars(double momentum, double trustCoefficient, double epsilon) implements Optimizer {
    /**
     * Checks the three numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public Lars {
      requireShare("momentum", momentum);
      requireAbove0("a trustCoefficient", trustCoefficient);
      if (!(epsilon >= 0 && Double.isFinite(epsilon))) {
        throw new IllegalArgumentException("expected an epsilon of at least 0, got " + epsilon);
      }
    }
  }

  private static void requireBetas(double beta1, double beta2, double epsilon) {
    requireShare("beta1", beta1);
    requireShare("beta2", beta2);
    requireAbove0("an epsilon", epsilon);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "expected a " + name + " of at least 0 and below 1, got " + value);
    }
  }

  private static void requireAbove0(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("expected " + name + " above 0, got " + value);
    }
  }
}
