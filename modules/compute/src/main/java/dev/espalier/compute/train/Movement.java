package dev.espalier.compute.train;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.Pruner;
import dev.espalier.domain.study.Recipe;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Dense weights that go forward as long as they are among those that moved most away from 0: each
 * has a score S that a step changes by −η·∂L ÷ ∂w·w (movement pruning, Sanh et al. 2020). The best
 * are chosen anew, of all, every so often.
 */
final class Movement implements Thinning, Owned {
  private final Recipe recipe;
  private final Apparatus apparatus;
  private final CutTimes times;
  private final Crew crew;
  private final FlatMask dense;
  private final Masters masters;
  private final NativeArray scores;
  private final NativeArray chosen; // 1 where a weight goes forward

  /** The scores and choices are owned by {@code apparatus} from now on. */
  Movement(Recipe recipe, Apparatus apparatus, CutTimes times, Crew crew) {
    this.recipe = recipe;
    this.apparatus = apparatus;
    this.times = times;
    this.crew = crew;
    this.dense = apparatus.mask();
    this.masters = new Masters(apparatus);
    this.scores = NativeArray.floats(masters.length());
    this.chosen = NativeArray.floats(masters.length());
    chosen.values().assign(1);
    apparatus.own(this);
  }

  @Override
  public FlatMask mask() {
    return FlatMask.read(apparatus.parameters().slots(), chosen.segment());
  }

  @Override
  public void before(long step) {
    if (times.isDue(step)) {
      choose(times.goneAt(step));
    }
  }

  private void choose(long gone) {
    try (NativeArray worth = NativeArray.floats(masters.length())) {
      for (long i = 0; i < masters.length(); i++) {
        float score = scores.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i);
        worth.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, Worth.ordered(score));
      }
      Pruner.prune(recipe, gone, worth.segment(), dense, crew)
          .applyTo(chosen.segment(), List.of(), crew);
    }
  }

  @Override
  public double step(Update update) {
    double loss = under(apparatus.plan()::pass);
    float rate = (float) update.learningRate();
    dense.slots(recipe).forEach(slot -> learn(slot, rate));
    apparatus.plan().update(update);
    return loss;
  }

  private void learn(Slot slot, float rate) {
    MemorySegment weights = apparatus.parameters().segment(Buffer.WEIGHTS);
    MemorySegment gradients = apparatus.parameters().segment(Buffer.GRADIENTS);
    for (int i = slot.offset(); i < slot.end(); i++) {
      float gradient = gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      float weight = weights.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      float score = scores.segment().getAtIndex(ValueLayout.JAVA_FLOAT, i);
      scores.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, score - rate * gradient * weight);
    }
  }

  @Override
  public <T> T under(Supplier<T> look) {
    return masters.under(chosen.segment(), look);
  }

  @Override
  public void end() {
    apparatus.putUnder(mask().toMask(), crew);
  }

  @Override
  public String name() {
    return "movement";
  }

  @Override
  public Map<String, MemorySegment> tensors() {
    return Map.of("scores", scores.segment(), "chosen", chosen.segment());
  }

  @Override
  public Map<String, String> values() {
    return Map.of();
  }

  @Override
  public void resume(Map<String, String> values) {
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("expected no values of movement, got " + values);
    }
  }

  @Override
  public void close() {
    masters.close();
    scores.close();
    chosen.close();
  }
}
