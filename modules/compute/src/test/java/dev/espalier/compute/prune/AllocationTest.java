package dev.espalier.compute.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.TrainingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {
  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyScopeRemovesExactlyTheCountedWeightsAndNoneThatAreNotThere(long seed) {
    FlatMask mask = random(new Random(seed));
    for (Scope scope : Scope.values()) {
      Recipe recipe = recipe(scope, new Random(seed).nextDouble(0.01, 0.99));

      List<Allocation> allocations = Allocation.of(recipe, mask);

      assertThat(allocations.stream().mapToLong(Allocation::removed).sum())
          .isEqualTo(recipe.removed(mask.count()));
      assertThat(allocations)
          .allSatisfy(
              allocation ->
                  assertThat(allocation.removed())
                      .isBetween(
                          0L,
                          allocation.tensors().stream().mapToLong(t -> t.mask().count()).sum()));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void uniformRemovesTheSameFractionOfEachTensor(long seed) {
    FlatMask mask = random(new Random(seed));
    double fraction = new Random(seed).nextDouble(0.01, 0.99);

    for (Allocation one : Allocation.of(recipe(Scope.UNIFORM, fraction), mask)) {
      long remaining = one.tensors().getFirst().mask().count();
      assertThat((double) one.removed()).isCloseTo(fraction * remaining, within(1.5));
    }
  }

  /** ε by the iteration of the paper's own code, over dense tensors. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8, 0.9, 0.98})
  void erkIsTheClosedForm(double sparsity) {
    List<List<Integer>> shapes =
        List.of(
            List.of(16, 3, 3, 3), List.of(64, 64, 3, 3), List.of(512, 10), List.of(32, 16, 1, 1));
    FlatMask mask = FlatMask.dense(slots(shapes));
    double[] density = densities(shapes, 1 - sparsity);

    List<Allocation> allocations = Allocation.of(recipe(Scope.ERK, sparsity), mask);

    for (Allocation allocation : allocations) {
      MaskedTensor tensor = allocation.tensors().getFirst();
      int number = Integer.parseInt(tensor.slot().name());
      double kept = tensor.slot().length() - allocation.removed();
      assertThat(kept).isCloseTo(density[number] * tensor.slot().length(), within(1.01));
    }
  }

  private static double[] densities(List<List<Integer>> shapes, double density) {
    boolean[] dense = new boolean[shapes.size()];
    while (true) {
      double left = 0;
      double divisor = 0;
      for (int i = 0; i < dense.length; i++) {
        left += density * length(shapes.get(i)) - (dense[i] ? length(shapes.get(i)) : 0);
        divisor += dense[i] ? 0 : raw(shapes.get(i)) * length(shapes.get(i));
      }
      double epsilon = left / divisor;
      boolean more = false;
      double[] densities = new double[dense.length];
      for (int i = 0; i < dense.length; i++) {
        densities[i] = dense[i] ? 1 : epsilon * raw(shapes.get(i));
        more |= densities[i] > 1;
        dense[i] |= densities[i] > 1;
      }
      if (!more) {
        return densities;
      }
    }
  }

  private static double raw(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).sum() / (double) length(shape);
  }

  private static int length(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  @Test
  void whatIsLeftOverGoesToTheLargestFractionsAndAmongEqualsToTheFirst() {
    assertThat(Apportionment.of(10, new long[] {1, 1, 1})).containsExactly(4, 3, 3);
    assertThat(Apportionment.of(10, new long[] {6, 6, 2, 0})).containsExactly(4, 4, 2, 0);
    assertThat(Apportionment.of(7, new long[] {5, 3, 1})).containsExactly(4, 2, 1);
    assertThat(Apportionment.of(0, new long[] {0, 0})).containsExactly(0, 0);
  }

  private static Recipe recipe(Scope scope, double fraction) {
    return new Recipe(Criterion.MAGNITUDE, scope, fraction, TrainingPoint.START);
  }

  private static List<Slot> slots(List<List<Integer>> shapes) {
    List<Slot> slots = new ArrayList<>();
    int offset = 0;
    for (List<Integer> shape : shapes) {
      String name = Integer.toString(slots.size());
      slots.add(new Slot(name, shape, offset, length(shape), Slot.Kind.CONVOLUTION, true));
      offset += length(shape);
    }
    return slots;
  }

  /** Some tensors of which some weights remain. */
  private static FlatMask random(Random random) {
    List<List<Integer>> shapes = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(6); i++) {
      shapes.add(List.of(1 + random.nextInt(20), 1 + random.nextInt(20), 3, 3));
    }
    List<Slot> slots = slots(shapes);
    List<TensorMask> tensors = new ArrayList<>();
    for (Slot slot : slots) {
      boolean[] kept = new boolean[slot.length()];
      double density = random.nextDouble();
      for (int i = 0; i < kept.length; i++) {
        kept[i] = random.nextDouble() < density;
      }
      tensors.add(TensorMask.of(slot.name(), slot.shape(), kept));
    }
    return FlatMask.of(slots, Mask.of(tensors));
  }
}
