package dev.espalier.compute.plan;

import dev.espalier.domain.study.Optimizer;
import java.util.OptionalDouble;

/**
 * One masked update by an {@link Optimizer}, in whose formulas its numbers stand: first the
 * gradients of all weights that are left are scaled down to the largest norm allowed, as {@code
 * torch.nn.utils.clip_grad_norm_} does it (times min(1, largest ÷ (norm + 1e-6))), then the
 * optimizer moves the weights, then weights and moments are multiplied by the mask. A mask of ones
 * changes no bit.
 *
 * @param optimizer the rule
 * @param learningRate η, at least 0 (0 leaves the weights as they are: gradients only)
 * @param weightDecay λ, at least 0
 * @param count t, which update this is since the moments were 0, from 1
 * @param clipNorm the largest norm of the gradients, above 0; any when absent
 */
public record Update(
    Optimizer optimizer,
    double learningRate,
    double weightDecay,
    long count,
    OptionalDouble clipNorm) {
  /** Moves no weight: a step with it is there for the loss, gradients and running statistics. */
  public static final Update NONE = sgd(0, 0, false, 0);

  private static final double CLIP_GUARD = 1e-6;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Update {
    if (!(learningRate >= 0 && weightDecay >= 0 && count >= 1 && clipNorm.orElse(1) > 0)) {
      throw new IllegalArgumentException(
          "expected learning rate and weight decay of at least 0, a count of at least 1 and a clip"
              + " norm above 0, got %s, %s, %d and %s"
                  .formatted(learningRate, weightDecay, count, clipNorm));
    }
  }

  /**
   * An update by stochastic gradient descent, without clipping.
   *
   * @throws IllegalArgumentException when a number is out of range
   */
  public static Update sgd(
      double learningRate, double momentum, boolean nesterov, double weightDecay) {
    Optimizer optimizer = new Optimizer.Sgd(momentum, nesterov);
    return new Update(optimizer, learningRate, weightDecay, 1, OptionalDouble.empty());
  }

  /** What the gradients are multiplied by when their norm is {@code norm}: 1 without clipping. */
  public double clip(double norm) {
    return clipNorm.isEmpty() ? 1 : Math.min(1, clipNorm.getAsDouble() / (norm + CLIP_GUARD));
  }

  /** Whether {@link Optimizer.Lars} stretches the learning rate for {@code tensor} at all. */
  public static boolean stretches(Slot tensor) {
    return tensor.shape().size() > 1;
  }

  /**
   * ρ, by which {@link Optimizer.Lars} stretches the learning rate for one tensor.
   *
   * @param weights the norm of its weights
   * @param gradients the norm of its gradients, clipped
   */
  public double trust(Optimizer.Lars lars, double weights, double gradients) {
    if (weights == 0 || gradients == 0) {
      return 1;
    }
    return lars.trustCoefficient() * weights / (gradients + weightDecay * weights + lars.epsilon());
  }
}
