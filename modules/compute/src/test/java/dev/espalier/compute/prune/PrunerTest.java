package dev.espalier.compute.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.TrainingPoint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of pruning, over random networks whose weights often tie. */
class PrunerTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  /** Some tensors, not in the order of their names, and weights of few different sizes. */
  private static final class Network {
    private final List<Slot> slots;
    private final float[] weights;
    private final Recipe recipe;

    private Network(List<Slot> slots, float[] weights, Recipe recipe) {
      this.slots = slots;
      this.weights = weights;
      this.recipe = recipe;
    }

    static Network of(long seed) {
      Random random = new Random(seed);
      List<Slot> slots = new ArrayList<>();
      int offset = 0;
      for (int i = 0; i < 2 + random.nextInt(6); i++) {
        List<Integer> shape = List.of(1 + random.nextInt(8), 1 + random.nextInt(8));
        int length = shape.get(0) * shape.get(1);
        boolean prunable = i == 0 || random.nextInt(4) > 0;
        String name = (char) ('a' + random.nextInt(26)) + "." + i;
        slots.add(new Slot(name, shape, offset, length, Slot.Kind.DENSE, prunable));
        offset += length;
      }
      float[] weights = new float[offset];
      int levels = 1 + random.nextInt(30);
      for (int i = 0; i < offset; i++) {
        weights[i] =
            random.nextInt(4) == 0
                ? (float) random.nextGaussian()
                : (random.nextInt(2 * levels + 1) - levels) * 1e-3f;
      }
      double fraction = 0.05 + 0.9 * random.nextDouble();
      Recipe recipe = new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, fraction, TrainingPoint.START);
      return new Network(slots, weights, recipe);
    }

    Mask dense() {
      return FlatMask.dense(slots).toMask();
    }

    Mask prune(Mask mask) {
      return prune(mask, 1);
    }

    Mask prune(Mask mask, int threads) {
      return prune(FlatMask.of(slots, mask), threads).toMask();
    }

    FlatMask prune(FlatMask mask, int threads) {
      MemorySegment segment = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, weights);
      try (Crew crew = Crew.of(threads)) {
        return Pruner.prune(recipe, segment, mask, crew);
      }
    }

    long count(Mask mask) {
      return FlatMask.of(slots, mask).count();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void exactlyTheCountedWeightsAreRemovedAndNothingReturns(long seed) {
    Network network = Network.of(seed);
    Mask mask = network.dense();
    for (int round = 0; round < 4; round++) {
      Mask next = network.prune(mask);

      long remaining = network.count(mask);
      assertThat(network.count(next)).isEqualTo(remaining - network.recipe.removed(remaining));
      assertThat(next.isWithin(mask)).isTrue();
      mask = next;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noRemovedWeightIsGreaterThanAKeptOne(long seed) {
    Network network = Network.of(seed);
    FlatMask mask = FlatMask.of(network.slots, network.prune(network.dense()));
    float removed = 0;
    float kept = Float.POSITIVE_INFINITY;
    for (MaskedTensor tensor : mask.tensors()) {
      for (int i = 0; i < tensor.slot().length(); i++) {
        float magnitude = Math.abs(network.weights[tensor.slot().offset() + i]);
        removed = tensor.mask().keeps(i) ? removed : Math.max(removed, magnitude);
        kept = tensor.mask().keeps(i) ? Math.min(kept, magnitude) : kept;
      }
    }

    assertThat(removed).isLessThanOrEqualTo(kept);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSelectionIsThatOfASort(long seed) {
    Network network = Network.of(seed);
    Mask mask = network.prune(network.dense());

    assertThat(network.prune(mask)).isEqualTo(bySorting(network, mask));
  }

  /** The counting rule as it reads: sort by worth, name, index; remove the first k. */
  private static Mask bySorting(Network network, Mask mask) {
    record Weight(float worth, String tensor, int index) {}
    List<Weight> remaining = new ArrayList<>();
    for (Slot slot : network.slots) {
      mask.tensor(slot.name())
          .ifPresent(
              tensor -> {
                for (int i = 0; i < slot.length(); i++) {
                  if (tensor.keeps(i)) {
                    float worth = Math.abs(network.weights[slot.offset() + i]);
                    remaining.add(new Weight(worth, slot.name(), i));
                  }
                }
              });
    }
    remaining.sort(
        Comparator.comparingDouble(Weight::worth)
            .thenComparing(Weight::tensor)
            .thenComparingInt(Weight::index));
    int removed = (int) network.recipe.removed(remaining.size());
    List<Weight> kept = remaining.subList(removed, remaining.size());
    return Mask.of(
        mask.tensors().stream()
            .map(
                tensor -> {
                  boolean[] bits = new boolean[tensor.length()];
                  kept.stream()
                      .filter(weight -> weight.tensor().equals(tensor.name()))
                      .forEach(weight -> bits[weight.index()] = true);
                  return TensorMask.of(tensor.name(), tensor.shape(), bits);
                })
            .toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfTensorsDoesNotMatter(long seed) {
    Network network = Network.of(seed);
    List<Slot> shuffled = new ArrayList<>(network.slots);
    Collections.shuffle(shuffled, new Random(seed));

    FlatMask mask = network.prune(FlatMask.of(shuffled, network.dense()), 2);

    assertThat(mask.toMask()).isEqualTo(network.prune(network.dense()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tensorsThatAreNotPrunableAreInNoMask(long seed) {
    Network network = Network.of(seed);

    Mask mask = network.prune(network.dense());

    assertThat(mask.tensors().stream().map(TensorMask::name))
        .containsExactlyInAnyOrderElementsOf(
            network.slots.stream().filter(Slot::prunable).map(Slot::name).toList());
  }
}
