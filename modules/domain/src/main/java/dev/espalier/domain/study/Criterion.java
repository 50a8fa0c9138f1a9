package dev.espalier.domain.study;

import java.util.Locale;

/**
 * How much a weight is worth keeping: what to learn about it, and a formula. The loss is that of
 * the objective that the network is trained on, so every criterion exists without labels too.
 */
public enum Criterion {
  /** Its absolute value (Han et al. 2015). */
  MAGNITUDE(Evidence.NONE),
  /** Nothing: weights go by chance, as a control. */
  RANDOM(Evidence.CHANCE),
  /** How much the loss depends on whether it is there, |w · g| (SNIP, Lee et al. 2019). */
  SNIP(Evidence.GRADIENT),
  /**
   * What removing it would change the loss of a batch by, to first order: the mean of |w · g|
   * (Molchanov et al. 2017).
   */
  TAYLOR(Evidence.ABSOLUTE_GRADIENT),
  /**
   * What removing it would raise the loss by, to second order, g² standing for the curvature: w² ·
   * g² ÷ 2 (Theis et al. 2018).
   */
  FISHER(Evidence.SQUARED_GRADIENT),
  /**
   * How much of the flow of gradients removing it would cost: w · (H g), with its sign, so that
   * those go first whose removal raises the flow (GraSP, Wang et al. 2020).
   */
  GRASP(Evidence.CURVED_GRADIENT),
  /**
   * How much of what flows through the network passes it, |w · ∂R ÷ ∂w|, R being the sum of the
   * outputs for an input of ones when all numbers of the network are taken without their signs:
   * without images (SynFlow, Tanaka et al. 2020, equation 4). Usual are 100 {@link Recipe#steps
   * steps} of an untrained network.
   */
  SYNFLOW(Evidence.FLOW),
  /**
   * As {@link #SNIP}, g being that of the network as the steps before have left it, but w its
   * weight before them, so that what an earlier step of the same cut removed may come back (FORCE,
   * de Jorge et al. 2021).
   */
  FORCE(Evidence.GRADIENT),
  /**
   * |γ| of the batch norm behind its filter (network slimming, Liu et al. 2017, without the
   * training that draws γ to 0).
   */
  SLIMMING(Evidence.SCALE),
  /**
   * How far it moved away from 0 while it was trained: a score S, 0 at first, that each step
   * changes by −η·∂L ÷ ∂w·w, the gradient being that of the network as it is masked. Only with the
   * schedule {@link PruningSchedule.Cubic}, with dense weights of which any may come back (movement
   * pruning, Sanh et al. 2020, section 4, its hard form).
   */
  MOVEMENT(Evidence.MOVEMENT);

  /** What a criterion wants to know of a weight beside its value. */
  public enum Evidence {
    /** Nothing. */
    NONE,
    /** A number by chance, 0 to 1. */
    CHANCE,
    /** g, the gradient of the loss, as the mean over batches. */
    GRADIENT,
    /** The mean of |g| over batches. */
    ABSOLUTE_GRADIENT,
    /** The mean of g² over batches. */
    SQUARED_GRADIENT,
    /** H g, the gradient's product with the loss's second derivatives, as the mean over batches. */
    CURVED_GRADIENT,
    /** ∂R ÷ ∂w of the network whose numbers all are without their signs, as a part of R. */
    FLOW,
    /** |γ| of the batch norm that reads its filter's output, the same for the whole filter. */
    SCALE,
    /** S, which is learnt in training. */
    MOVEMENT
  }

  private final Evidence evidence;

  Criterion(Evidence evidence) {
    this.evidence = evidence;
  }

  /** What it wants to know of a weight. */
  public Evidence evidence() {
    return evidence;
  }

  /** Whether it looks at images. */
  public boolean readsImages() {
    return switch (evidence) {
      case GRADIENT, ABSOLUTE_GRADIENT, SQUARED_GRADIENT, CURVED_GRADIENT -> true;
      case NONE, CHANCE, FLOW, SCALE, MOVEMENT -> false;
    };
  }

  /** Whether worth may be below 0; what goes together then has no norm. */
  public boolean isSigned() {
    return this == GRASP || this == MOVEMENT;
  }

  /** Whether what an earlier step of the same cut removed may come back in a later one. */
  public boolean takesBack() {
    return this == FORCE;
  }

  /** What a weight is worth: the more, the longer it stays; below 0 is less than 0. */
  public double worth(double weight, double evidence) {
    return switch (this) {
      case MAGNITUDE -> Math.abs(weight);
      case RANDOM, SLIMMING, MOVEMENT -> evidence;
      case SNIP, FORCE, SYNFLOW -> Math.abs(weight * evidence);
      case TAYLOR -> Math.abs(weight) * evidence;
      case FISHER -> weight * weight * evidence / 2;
      case GRASP -> weight * evidence;
    };
  }

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
