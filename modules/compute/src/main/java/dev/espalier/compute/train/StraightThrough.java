package dev.espalier.compute.train;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.Pruner;
import dev.espalier.domain.study.PruningSchedule;
import dev.espalier.domain.study.Recipe;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Supplier;

/**
 * Dense weights of which each step goes forward with the largest of every group; its gradient moves
 * all of them, and λ·w draws those that were left out to 0 (SR-STE, Zhou et al. 2021). The mask is
 * a function of the weights, so there is nothing to keep beside them.
 */
final class StraightThrough implements Thinning {
  private final Recipe recipe;
  private final float decay;
  private final Apparatus apparatus;
  private final Crew crew;
  private final FlatMask dense;
  private final Masters masters;
  private final NativeArray chosen; // 1 where a weight goes forward
  private FlatMask mask;

  StraightThrough(
      Recipe recipe, PruningSchedule.StraightThrough schedule, Apparatus apparatus, Crew crew) {
    this.recipe = recipe;
    this.decay = (float) schedule.decay();
    this.apparatus = apparatus;
    this.crew = crew;
    this.dense = apparatus.mask();
    this.masters = new Masters(apparatus);
    this.chosen = NativeArray.floats(masters.length());
    chosen.values().assign(1);
    this.mask = dense;
  }

  @Override
  public FlatMask mask() {
    return mask;
  }

  @Override
  public double step(Update update) {
    double loss = under(apparatus.plan()::pass);
    dense.slots(recipe).forEach(this::draw);
    apparatus.plan().update(update);
    return loss;
  }

  private void draw(Slot slot) {
    MemorySegment weights = apparatus.parameters().segment(Buffer.WEIGHTS);
    MemorySegment gradients = apparatus.parameters().segment(Buffer.GRADIENTS);
    for (int i = slot.offset(); i < slot.end(); i++) {
      if (chosen.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i) == 0) {
        float gradient = gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        float weight = weights.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        gradients.setAtIndex(ValueLayout.JAVA_FLOAT, i, gradient + decay * weight);
      }
    }
  }

  @Override
  public <T> T under(Supplier<T> look) {
    choose();
    return masters.under(chosen.segment(), look);
  }

  private void choose() {
    mask = Pruner.prune(recipe, apparatus.parameters().segment(Buffer.WEIGHTS), dense, crew);
    mask.applyTo(chosen.segment(), List.of(), crew);
  }

  @Override
  public void end() {
    choose();
    apparatus.putUnder(mask.toMask(), crew);
  }

  @Override
  public void close() {
    masters.close();
    chosen.close();
  }
}
