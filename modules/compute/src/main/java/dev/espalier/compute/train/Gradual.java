package dev.espalier.compute.train;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.domain.study.Recipe;

/** A mask that is cut every so often; what is removed stays so. */
final class Gradual implements Thinning {
  private final Recipe recipe;
  private final Apparatus apparatus;
  private final CutTimes times;
  private final Crew crew;

  Gradual(Recipe recipe, Apparatus apparatus, CutTimes times, Crew crew) {
    this.recipe = recipe;
    this.apparatus = apparatus;
    this.times = times;
    this.crew = crew;
  }

  @Override
  public FlatMask mask() {
    return apparatus.mask();
  }

  @Override
  public double step(Update update) {
    return apparatus.plan().step(update);
  }

  @Override
  public void before(long step) {
    if (times.isDue(step)) {
      long gone = times.remaining() - mask().count(recipe);
      long more = Math.max(0, times.goneAt(step) - gone);
      FlatMask cut = new Cutting(recipe, apparatus, step, crew).without(more);
      apparatus.putUnder(cut.toMask(), crew);
    }
  }
}
