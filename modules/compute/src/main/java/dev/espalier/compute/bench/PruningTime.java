package dev.espalier.compute.bench;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.NativeArray;
import dev.espalier.compute.plan.Slot;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.compute.prune.Pruner;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.TrainingPoint;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How long it takes to remove four fifths of some weights by global magnitude: to select them, to
 * write the mask, and to set them to 0.
 */
public final class PruningTime implements AutoCloseable {
  private static final Recipe RECIPE =
      new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.8, TrainingPoint.START);
  private static final int LARGEST = 512 * 512 * 9; // values of a tensor, as of a usual layer
  private static final int WARM_UPS = 40;

  private final FlatMask dense;
  private final NativeArray original;
  private final NativeArray weights;
  private final NativeArray mask;
  private final Crew crew;

  /**
   * Weights to prune.
   *
   * @param count how many, at least 1
   * @param threads who share the work, at least 1
   * @throws IllegalArgumentException when one is below 1
   */
  public PruningTime(int count, int threads) {
    if (count < 1) {
      throw new IllegalArgumentException("expected at least 1 weight to prune, got " + count);
    }
    crew = Crew.of(threads);
    dense = FlatMask.dense(tensors(count));
    original = NativeArray.floats(count);
    weights = NativeArray.floats(count);
    mask = NativeArray.floats(count);
    draw(original.segment(), count);
  }

  private static List<Slot> tensors(int count) {
    List<Slot> tensors = new ArrayList<>();
    for (int offset = 0; offset < count; offset += LARGEST) {
      int length = Math.min(LARGEST, count - offset);
      String name = "layer" + tensors.size() + ".weight";
      tensors.add(new Slot(name, List.of(length), offset, length, Slot.Kind.DENSE, true));
    }
    return tensors;
  }

  /** Sums of four uniform numbers: nearly normal, and quickly drawn. */
  private static void draw(MemorySegment values, int count) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      long bits = random.nextLong();
      int sum = (short) bits + (short) (bits >> 16) + (short) (bits >> 32) + (short) (bits >> 48);
      values.setAtIndex(ValueLayout.JAVA_FLOAT, i, sum * 1e-6f);
    }
  }

  /** How often a second it can be done; measured for {@code time}, about, after warming up. */
  public Speed measure(Duration time) {
    for (int i = 0; i < WARM_UPS; i++) {
      seconds();
    }
    Times times = new Times();
    long begin = System.nanoTime();
    do {
      times.add(seconds());
    } while (System.nanoTime() - begin < time.toNanos());
    return times.speed();
  }

  /** Prunes once, and says how many seconds it took. */
  public double seconds() {
    weights.segment().copyFrom(original.segment());
    long begin = System.nanoTime();
    FlatMask pruned = Pruner.prune(RECIPE, weights.segment(), dense, crew);
    pruned.applyTo(mask.segment(), List.of(weights.segment()), crew);
    return (System.nanoTime() - begin) / Times.NANOS;
  }

  @Override
  public void close() {
    crew.close();
    List.of(original, weights, mask).forEach(NativeArray::close);
  }
}
