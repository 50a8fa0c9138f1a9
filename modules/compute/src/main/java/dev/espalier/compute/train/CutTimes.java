package dev.espalier.compute.train;

import dev.espalier.domain.study.PruningSchedule.Cubic;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.task.Failure;

/**
 * When a training that is cut on the way is cut, and how deep: before the steps first, first +
 * every, … of a cubic schedule.
 *
 * @param first the step before which the first cut, of nothing, would be
 * @param every the steps from one to the next
 * @param cuts how many follow the first
 * @param remaining the weights that may be pruned
 * @param removed how many of them are gone after the last
 */
record CutTimes(long first, int every, long cuts, long remaining, long removed) {
  /**
   * The cuts of a training to a level: not before the rewind point, nor in warm-up.
   *
   * @param cubic how often they come, and which part of the training is their last
   * @param level how many cuts of the recipe's fraction they come to
   * @throws TaskException when there is no time for any
   */
  static CutTimes of(Recipe recipe, Cubic cubic, int level, Apparatus apparatus) {
    Schedule schedule = apparatus.schedule();
    long begin = Math.max(schedule.stepsBefore(recipe.rewind()), schedule.warmUp());
    long end = (long) Math.floor(cubic.end() * schedule.steps());
    long cuts = Math.floorDiv(end - begin, cubic.every());
    if (cuts < 1) {
      throw new TaskException(
          new Failure.BadInput(
              "expected at least %d steps to cut in between steps %d and %d"
                  .formatted(cubic.every(), begin, end)));
    }
    long remaining = apparatus.mask().count(recipe);
    return new CutTimes(begin, cubic.every(), cuts, remaining, recipe.removed(remaining, level));
  }

  /** Whether there is a cut before {@code step}. */
  boolean isDue(long step) {
    long since = step - first;
    return since >= 0 && since % every == 0 && since / every <= cuts;
  }

  /** How many weights are gone after the cut before {@code step}, rounded down. */
  long goneAt(long step) {
    long done = (step - first) / every;
    return done == cuts
        ? removed
        : (long) Math.floor(remaining * Cubic.sparsity((double) removed / remaining, done, cuts));
  }
}
