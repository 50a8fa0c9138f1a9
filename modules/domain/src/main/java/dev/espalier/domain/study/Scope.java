package dev.espalier.domain.study;

import java.util.Locale;

/** How the weights to remove are allocated to tensors. */
public enum Scope {
  /** One threshold over all prunable weights of the network. */
  GLOBAL,
  /** The same fraction of what remains of each tensor. */
  UNIFORM,
  /**
   * Erdős–Rényi-Kernel (Evci et al. 2020, "Rigging the lottery", section 3): of a tensor with sizes
   * d₁ … dₙ the part kept is ε·(d₁ + … + dₙ) ÷ (d₁ × … × dₙ), so that small tensors stay denser; a
   * tensor keeps at most what remains of it, and ε is what makes the total exact.
   */
  ERK;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
