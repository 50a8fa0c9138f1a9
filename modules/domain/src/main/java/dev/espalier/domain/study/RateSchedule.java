package dev.espalier.domain.study;

import java.util.Locale;

/**
 * How the learning rate falls over a run. Each begins with the linear rise of {@link
 * Training#warmUp}.
 */
public enum RateSchedule {
  /** Multiplied by {@link Training#gamma} at each of {@link Training#milestones}. */
  STEP,
  /**
   * Along half a cosine from the whole rate to 0, step by step: η·(1 + cos(π·s ÷ T)) ÷ 2 at step s,
   * from 0, of T in all ({@code torch.optim.lr_scheduler.CosineAnnealingLR} with {@code T_max} = T
   * and {@code eta_min} = 0, told of every step; Loshchilov and Hutter 2017 without restarts).
   */
  COSINE,
  /** Never. */
  CONSTANT;

  /** The name in study files and messages. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
