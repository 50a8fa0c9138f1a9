package dev.espalier.compute.prune;

import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Recipe;
import java.util.List;

/**
 * Removes the weights that are worth least, a round's share of those that remain (Caron et al.
 * 2020, section 3.1; Han et al. 2015). What was removed stays so.
 */
public final class Pruner {
  private Pruner() {}

  /**
   * The mask after one round of {@code recipe}.
   *
   * @param recipe what is removed
   * @param slots where each tensor of the network lies in {@code weights}; those that are not
   *     prunable are left alone
   * @param weights the trained weights W*, flat
   * @param mask the mask that they were trained under
   * @return a mask within {@code mask} that keeps exactly {@link Recipe#removed} fewer weights
   * @throws IllegalArgumentException when {@code mask} is not one of this network
   */
  public static Mask prune(Recipe recipe, List<Slot> slots, float[] weights, Mask mask) {
    FlatMask kept = FlatMask.of(slots, mask);
    float[] worth = score(recipe.criterion(), weights);
    for (Share share : allocate(recipe, kept)) {
      Selection.of(share.tensors(), worth, kept, share.removed()).removeFrom(kept);
    }
    return kept.toMask();
  }

  /** What each weight is worth: 0 or more. */
  private static float[] score(Criterion criterion, float[] weights) {
    return switch (criterion) {
      case MAGNITUDE -> magnitudes(weights);
    };
  }

  private static float[] magnitudes(float[] weights) {
    float[] magnitudes = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      magnitudes[i] = Math.abs(weights[i]);
    }
    return magnitudes;
  }

  private static List<Share> allocate(Recipe recipe, FlatMask kept) {
    return switch (recipe.scope()) {
      case GLOBAL -> List.of(new Share(kept.prunable(), recipe.removed(kept.count())));
    };
  }

  /**
   * How many weights are removed from some tensors together.
   *
   * @param tensors sorted by name
   * @param removed how many of their remaining weights
   */
  private record Share(List<Slot> tensors, long removed) {}
}
