package dev.espalier.compute.train;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.Pruner;
import dev.espalier.domain.study.Recipe;
import java.lang.foreign.MemorySegment;

/**
 * One cut: what the weights are worth, and which of them go; in as many steps as the recipe says,
 * each scored anew under the mask that the steps before have left. The network is afterwards as it
 * was.
 */
public final class Cutting {
  private final Recipe recipe;
  private final Apparatus apparatus;
  private final long step;
  private final Crew crew;

  /**
   * A cut of the network of {@code apparatus}.
   *
   * @param step how many steps it was trained
   * @param crew who shares the work
   */
  public Cutting(Recipe recipe, Apparatus apparatus, long step, Crew crew) {
    this.recipe = recipe;
    this.apparatus = apparatus;
    this.step = step;
    this.crew = crew;
  }

  /**
   * The mask after a round's cut.
   *
   * @throws TaskException when a gradient is not finite, or the network has not what the criterion
   *     looks at
   */
  public FlatMask mask() {
    return without(recipe.removed(apparatus.mask().count(recipe)));
  }

  /** The mask after a round's cut by what others have gathered of all its batches. */
  public FlatMask mask(Evidence gathered) {
    try (Worth worth = Worth.of(recipe, apparatus, gathered)) {
      return Pruner.prune(
          recipe,
          recipe.removed(apparatus.mask().count(recipe)),
          worth.values(),
          apparatus.mask(),
          crew);
    }
  }

  /** The mask after the cuts of so many rounds in one. */
  public FlatMask maskAfter(int rounds) {
    return without(recipe.removed(apparatus.mask().count(recipe), rounds));
  }

  /** As above, without {@code removed} of the weights that the recipe may prune. */
  FlatMask without(long removed) {
    if (recipe.steps() > 1) {
      return inSteps(removed);
    }
    try (Worth worth = Worth.of(recipe, apparatus, step)) {
      return Pruner.prune(recipe, removed, worth.values(), apparatus.mask(), crew);
    }
  }

  private FlatMask inSteps(long removed) {
    FlatMask before = apparatus.mask();
    MemorySegment weights = apparatus.parameters().segment(Buffer.WEIGHTS);
    try (NativeArray whole = NativeArray.floats(weights.byteSize() / Float.BYTES)) {
      whole.segment().copyFrom(weights);
      for (int done = 1; done <= recipe.steps(); done++) {
        long target = removedAfter(done, recipe.steps(), before.count(recipe), removed);
        FlatMask next = next(before, target, whole.segment());
        weights.copyFrom(whole.segment());
        apparatus.putUnder(next.toMask(), crew);
      }
      FlatMask cut = apparatus.mask();
      weights.copyFrom(whole.segment());
      apparatus.putUnder(before.toMask(), crew);
      return cut;
    }
  }

  /** The mask that keeps {@code target} weights less than {@code before}. */
  private FlatMask next(FlatMask before, long target, MemorySegment whole) {
    try (Worth worth = Worth.of(recipe, apparatus, step, whole)) {
      FlatMask from = recipe.criterion().takesBack() ? before : apparatus.mask();
      long gone = before.count(recipe) - from.count(recipe);
      return Pruner.prune(recipe, target - gone, worth.values(), from, crew);
    }
  }

  /**
   * How many of {@code remaining} weights are gone after {@code done} of {@code steps} steps that
   * remove {@code removed} in all: as many as leave the part d^(done ÷ steps), rounded down, where
   * d is the part that all of them leave.
   */
  static long removedAfter(int done, int steps, long remaining, long removed) {
    if (done == steps) {
      return removed;
    }
    double density = (double) (remaining - removed) / remaining;
    return (long) Math.floor(remaining * (1 - StrictMath.pow(density, (double) done / steps)));
  }
}
