package dev.espalier.compute.train;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import java.util.function.Supplier;

/** What becomes of a network's mask while it is trained. */
public sealed interface Thinning extends AutoCloseable
    permits Settled, Gradual, StraightThrough, Movement {
  /**
   * How the network of {@code apparatus} is thinned out on the way to a level: not at all where
   * cuts come after training.
   *
   * @param level how many cuts of the recipe's fraction it comes to; 0 is the dense network
   * @param crew who shares the work
   * @throws TaskException when training has no time for a cut
   */
  static Thinning of(Recipe recipe, int level, Apparatus apparatus, Crew crew) {
    return switch (recipe.schedule()) {
      case PruningSchedule.Cubic cubic when level > 0 -> {
        CutTimes times = CutTimes.of(recipe, cubic, level, apparatus);
        yield recipe.criterion() == Criterion.MOVEMENT
            ? new Movement(recipe, apparatus, times, crew)
            : new Gradual(recipe, apparatus, times, crew);
      }
      case PruningSchedule.StraightThrough through when level > 0 ->
          new StraightThrough(recipe, through, apparatus, crew);
      case PruningSchedule.Rounds rounds -> new Settled(apparatus);
      case PruningSchedule.Once once -> new Settled(apparatus);
      case PruningSchedule.Cubic cubic -> new Settled(apparatus);
      case PruningSchedule.StraightThrough through -> new Settled(apparatus);
    };
  }

  /** The mask that it is under now. */
  FlatMask mask();

  /** Makes whatever cut is due before {@code step}, counted from training's start. */
  default void before(long step) {}

  /**
   * Takes a step with the batch that the plan has been shown.
   *
   * @return the mean loss before the update, in nats
   */
  double step(Update update);

  /** What {@code look} says of the network as its mask leaves it. */
  default <T> T under(Supplier<T> look) {
    return look.get();
  }

  /** Training is over: the network stays under its mask for good. */
  default void end() {}

  @Override
  default void close() {}
}
