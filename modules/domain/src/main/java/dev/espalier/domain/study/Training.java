package dev.espalier.domain.study;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training images, at least 1
 * @param batch images a step, at least 1; an epoch has floor(images ÷ batch) steps, so that every
 *     step has the same shape. A rotation step holds four copies of each image
 * @param optimizer the rule of the update
 * @param learningRate η after warm-up and before it falls, above 0
 * @param milestones where η is multiplied by {@code gamma}, in ascending order; for the schedule
 *     {@code step} alone
 * @param gamma the factor at a milestone, above 0 and at most 1
 * @param weightDecay λ, at least 0, for convolution and dense weights and biases and for batch norm
 *     alike (as PyTorch's optimizers over all parameters); the optimizer says how it enters, and
 *     {@code lars} which tensors it leaves out
 * @param warmUp where the linear rise of η from 0 ends
 * @param augmentation how images are varied
 * @param schedule how η falls
 * @param labelSmoothing ε of the training loss, 0 to 1: the answer counts 1 − ε, and every class ε
 *     ÷ classes more (Szegedy et al. 2016, as {@code torch.nn.CrossEntropyLoss} has it). Scores are
 *     measured without
 * @param clipNorm the largest norm, above 0, that the gradient of all weights that are left, taken
 *     as one vector, may have (as {@code torch.nn.utils.clip_grad_norm_}); any when absent
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
    Augmentation augmentation,
    RateSchedule schedule,
    double labelSmoothing,
    OptionalDouble clipNorm) {
  /**
   * Checks every value and copies the milestones.
   *
   * @throws IllegalArgumentException when one is out of range, or there are milestones that the
   *     schedule does not know
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
    require(
        schedule == RateSchedule.STEP || milestones.isEmpty(),
        "no milestones with the schedule " + schedule,
        milestones);
    require(
        labelSmoothing >= 0 && labelSmoothing <= 1, "a label smoothing of 0 to 1", labelSmoothing);
    double norm = clipNorm.orElse(1);
    require(norm > 0 && Double.isFinite(norm), "a clip norm above 0", norm);
  }

  /** Training in steps from milestone to milestone, with plain labels and gradients as they are. */
  public Training(
      int epochs,
      int batch,
      Optimizer optimizer,
      double learningRate,
      List<TrainingPoint> milestones,
      double gamma,
      double weightDecay,
      TrainingPoint warmUp,
      Augmentation augmentation) {
    this(
        epochs,
        batch,
        optimizer,
        learningRate,
        milestones,
        gamma,
        weightDecay,
        warmUp,
        augmentation,
        RateSchedule.STEP,
        0,
        OptionalDouble.empty());
  }

  /** The same training with its augmentation changed. */
  public Training varied(UnaryOperator<Augmentation> change) {
    return new Training(
        epochs,
        batch,
        optimizer,
        learningRate,
        milestones,
        gamma,
        weightDecay,
        warmUp,
        change.apply(augmentation),
        schedule,
        labelSmoothing,
        clipNorm);
  }

  private static void require(boolean holds, String expected, Object came) {
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
