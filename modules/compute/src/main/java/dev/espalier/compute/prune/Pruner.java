package dev.espalier.compute.prune;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Recipe;
import java.lang.foreign.MemorySegment;
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
   * @param weights the trained weights W*, float32, as the flat buffers have them
   * @param mask the mask that they were trained under; what is in no mask is left alone
   * @param crew who shares the work; the mask does not depend on their number
   * @return a mask within {@code mask} that keeps exactly {@link Recipe#removed} fewer weights
   */
  public static FlatMask prune(Recipe recipe, MemorySegment weights, FlatMask mask, Crew crew) {
    MemorySegment worth = score(recipe.criterion(), weights);
    FlatMask kept = mask;
    for (Share share : allocate(recipe, mask)) {
      Selection selection = new Selection(share.tensors(), worth, crew);
      kept = kept.with(selection.without(share.removed()));
    }
    return kept;
  }

  /** What each weight is worth, with any sign. */
  private static MemorySegment score(Criterion criterion, MemorySegment weights) {
    return switch (criterion) {
      case MAGNITUDE -> weights; // selection ignores signs
    };
  }

  private static List<Share> allocate(Recipe recipe, FlatMask mask) {
    return switch (recipe.scope()) {
      case GLOBAL -> List.of(new Share(mask.tensors(), recipe.removed(mask.count())));
    };
  }

  /**
   * How many weights are removed from some tensors together.
   *
   * @param tensors sorted by name
   * @param removed how many of their remaining weights
   */
  private record Share(List<MaskedTensor> tensors, long removed) {}
}
