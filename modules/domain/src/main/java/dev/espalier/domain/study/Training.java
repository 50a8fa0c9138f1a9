package dev.espalier.domain.study;

import java.util.List;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training images, at least 1
 * @param batch images a step, at least 1; an epoch has floor(images ÷ batch) steps, so that every
 *     step has the same shape. A rotation step holds four copies of each image
 * @param optimizer the rule of the update
 * @param learningRate η after warm-up and before the first milestone, above 0
 * @param milestones where η is multiplied by {@code gamma}, in ascending order
 * @param gamma the factor at a milestone, above 0 and at most 1
 * @param weightDecay λ, added to the gradient as λ·w for convolution and dense weights and biases
 *     and for batch norm alike (PyTorch's SGD over all parameters), at least 0
 * @param warmUp where the linear rise of η from 0 ends
 * @param augmentation how images are varied
 */
public record Training(
    int epochs,
    int batch,
    Optimizer optimizer,
    double learningRate,
    List<TrainingPoint> milestones,
    double gamma,
    double weightDecay,
    TrainingPoint warmUp,
    Augmentation augmentation) {
  /**
   * Checks every value and copies the milestones.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Training {
    milestones = List.copyOf(milestones);
    require(epochs >= 1, "at least 1 epoch", epochs);
    require(batch >= 1, "a batch of at least 1 image", batch);
    require(
        learningRate > 0 && Double.isFinite(learningRate), "a learning rate above 0", learningRate);
    require(gamma > 0 && gamma <= 1, "a gamma above 0 and at most 1", gamma);
    require(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "a weight decay of at least 0",
        weightDecay);
  }

  private static void require(boolean holds, String expected, Number came) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", got " + came);
    }
  }

  /**
   * The usual settings for {@code epochs} passes: batch 128, momentum 0.9, learning rate 0.1,
   * weight decay 1e-4, no milestone, no warm-up.
   */
  public static Training standard(int epochs) {
    return new Training(
        epochs,
        128,
        Optimizer.STANDARD,
        0.1,
        List.of(),
        0.1,
        1e-4,
        TrainingPoint.START,
        Augmentation.STANDARD);
  }
}
