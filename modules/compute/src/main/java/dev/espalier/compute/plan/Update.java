package dev.espalier.compute.plan;

/**
 * The rule of one masked update, in PyTorch's form of stochastic gradient descent: g ← g + λ·w; v ←
 * μ·v + g; w ← w − η·v, or w ← w − η·(g + μ·v) with Nesterov's form; then w and v are multiplied by
 * the mask. A mask of ones changes no bit of plain SGD.
 *
 * @param learningRate η, at least 0 (0 leaves the weights as they are: gradients only)
 * @param momentum μ, at least 0 and below 1
 * @param nesterov whether to use Nesterov's form
 * @param weightDecay λ, at least 0, for every parameter alike
 */
public record Update(double learningRate, double momentum, boolean nesterov, double weightDecay) {
  /** Moves no weight: a step with it is there for the loss, gradients and running statistics. */
  public static final Update NONE = new Update(0, 0, false, 0);

  /**
   * Checks the three numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Update {
    if (!(learningRate >= 0 && momentum >= 0 && momentum < 1 && weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "expected learning rate and weight decay of at least 0 and momentum of at least 0 and"
              + " below 1, got "
              + learningRate
              + ", "
              + weightDecay
              + ", "
              + momentum);
    }
  }
}
