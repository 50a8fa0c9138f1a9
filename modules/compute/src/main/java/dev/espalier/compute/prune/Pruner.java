package dev.espalier.compute.prune;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Norm;
import dev.espalier.domain.study.Pattern;
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
   * @param worth of every weight by the recipe's criterion, float32, as the flat buffers have them;
   *     its sign is ignored, so that trained weights are their own magnitudes
   * @param mask the mask that they were trained under; what is in no mask is left alone
   * @param crew who shares the work; the mask does not depend on their number
   * @return a mask within {@code mask} that keeps exactly {@link Recipe#removed} fewer weights, or
   *     as many as the recipe's pattern allows
   */
  public static FlatMask prune(Recipe recipe, MemorySegment worth, FlatMask mask, Crew crew) {
    return prune(recipe, recipe.removed(mask.count(recipe)), worth, mask, crew);
  }

  /**
   * As above, with {@code removed} fewer weights: 0 to as many as {@code mask} keeps of those that
   * the recipe may prune.
   */
  public static FlatMask prune(
      Recipe recipe, long removed, MemorySegment worth, FlatMask mask, Crew crew) {
    FlatMask kept = mask;
    for (Allocation allocation : Allocation.of(recipe, mask, removed)) {
      kept = kept.with(select(recipe.pattern(), allocation, worth, crew));
    }
    return kept;
  }

  /** The masks of an allocation's tensors without what goes together and is worth least. */
  private static List<TensorMask> select(
      Pattern pattern, Allocation allocation, MemorySegment worth, Crew crew) {
    List<MaskedTensor> tensors = allocation.tensors();
    long removed = allocation.removed();
    return switch (pattern) {
      case Pattern.Unstructured one -> new Selection(tensors, worth, crew).without(removed);
      case Pattern.NOfM groups -> crew.map(tensors, t -> new Groups(t, worth, groups).thinned());
      case Pattern.Filters(Norm norm) ->
          units(crew.map(tensors, t -> Units.filters(t).weighed(worth, norm)), removed);
      case Pattern.Channels(Norm norm) ->
          units(crew.map(tensors, t -> Units.channels(t).weighed(worth, norm)), removed);
      case Pattern.Blocks(int size, Norm norm) ->
          units(crew.map(tensors, t -> Units.blocks(t, size).weighed(worth, norm)), removed);
    };
  }

  private static List<TensorMask> units(List<Units> tensors, long removed) {
    return new UnitSelection(tensors).without(removed);
  }
}
