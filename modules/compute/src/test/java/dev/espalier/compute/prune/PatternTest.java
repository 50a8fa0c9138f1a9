package dev.espalier.compute.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Criterion;
import dev.espalier.domain.study.Norm;
import dev.espalier.domain.study.Pattern;
import dev.espalier.domain.study.Recipe;
import dev.espalier.domain.study.Scope;
import dev.espalier.domain.study.TrainingPoint;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of what goes together, over random networks whose weights often tie. */
class PatternTest {
  static Stream<Arguments> patterns() {
    List<String> texts =
        List.of("filters", "filters/l1", "channels", "channels/l1", "2x2", "4x4/l1", "3x3");
    return LongStream.range(0, 8)
        .boxed()
        .flatMap(seed -> texts.stream().map(text -> Arguments.of(text, seed)));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void unitsGoWholeNothingReturnsAndNoMoreThanCountedIsRemoved(String text, long seed) {
    Network network = Network.of(seed);
    Pattern pattern = Pattern.parse(text);
    for (Scope scope : Scope.values()) {
      Recipe recipe = network.recipe(scope, pattern);
      FlatMask mask = FlatMask.dense(network.slots);
      for (int round = 0; round < 3; round++) {
        FlatMask next = network.prune(recipe, mask, 1 + round);

        long most = recipe.removed(mask.count());
        assertThat(next.toMask().isWithin(mask.toMask())).isTrue();
        assertThat(mask.count() - next.count()).isBetween(0L, most);
        assertThat(next.tensors()).allMatch(tensor -> isWhole(tensor, pattern));
        mask = next;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void theOrderOfTensorsAndTheNumberOfThreadsChangeNothing(String text, long seed) {
    Network network = Network.of(seed);
    Recipe recipe = network.recipe(Scope.GLOBAL, Pattern.parse(text));
    List<Slot> shuffled = new ArrayList<>(network.slots);
    Collections.shuffle(shuffled, new Random(seed));

    Mask mask = network.prune(recipe, FlatMask.dense(shuffled), 3).toMask();

    assertThat(mask).isEqualTo(network.prune(recipe, FlatMask.dense(network.slots), 1).toMask());
  }

  /** Whether every unit is kept or removed as a whole. */
  private static boolean isWhole(MaskedTensor tensor, Pattern pattern) {
    Geometry g = Geometry.of(tensor);
    boolean whole = true;
    for (int i = 0; i < tensor.slot().length(); i++) {
      int place = i % g.places();
      int input = i / g.places() % g.inputs();
      int output = i / g.places() / g.inputs();
      int first =
          switch (pattern) {
            case Pattern.Unstructured one -> i;
            case Pattern.NOfM groups -> i;
            case Pattern.Filters filters -> g.index(output, 0, 0);
            case Pattern.Channels channels -> g.index(0, input, 0);
            case Pattern.Blocks(int size, Norm norm) ->
                g.index(output / size * size, input / size * size, place);
          };
      whole &= tensor.mask().keeps(i) == tensor.mask().keeps(first);
    }
    return whole;
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "1, 4", "3, 8", "4, 8"})
  void everyFullGroupKeepsExactlyItsShareOfMostWorth(int kept, int of) {
    for (long seed = 0; seed < 12; seed++) {
      Network network = Network.of(seed);
      Pattern.NOfM pattern = new Pattern.NOfM(kept, of);
      Recipe recipe =
          new Recipe(
              Criterion.MAGNITUDE,
              seed % 2 == 0 ? Scope.GLOBAL : Scope.UNIFORM,
              pattern.removes(),
              TrainingPoint.START,
              pattern);

      FlatMask mask = network.prune(recipe, FlatMask.dense(network.slots), 2);

      mask.tensors().forEach(tensor -> assertGroups(tensor, pattern, network.weights));
      assertThat(network.prune(recipe, mask, 1).toMask()).isEqualTo(mask.toMask());
    }
  }

  private static void assertGroups(MaskedTensor tensor, Pattern.NOfM pattern, float[] weights) {
    Geometry g = Geometry.of(tensor);
    int full = g.inputs() / pattern.of() * pattern.of();
    for (int output = 0; output < g.outputs(); output++) {
      for (int place = 0; place < g.places(); place++) {
        for (int first = 0; first < full; first += pattern.of()) {
          assertGroup(tensor, pattern, weights, g.index(output, first, place));
        }
        for (int input = full; input < g.inputs(); input++) {
          assertThat(tensor.mask().keeps(g.index(output, input, place))).isTrue();
        }
      }
    }
  }

  private static void assertGroup(
      MaskedTensor tensor, Pattern.NOfM pattern, float[] weights, int first) {
    int places = Geometry.of(tensor).places();
    int count = 0;
    float removed = 0;
    float left = Float.POSITIVE_INFINITY;
    for (int i = 0; i < pattern.of(); i++) {
      int index = first + i * places;
      float worth = Math.abs(weights[tensor.slot().offset() + index]);
      boolean stays = tensor.mask().keeps(index);
      count += stays ? 1 : 0;
      removed = stays ? removed : Math.max(removed, worth);
      left = stays ? Math.min(left, worth) : left;
    }
    assertThat(count).isEqualTo(pattern.kept());
    assertThat(removed).isLessThanOrEqualTo(left);
  }

  /** 2:4 along the inputs, at each place of the kernel on its own. */
  @Test
  void twoOfFourFollowsTheInputChannels() {
    Slot slot = new Slot("w", List.of(1, 4, 1, 2), 0, 8, Slot.Kind.CONVOLUTION, true);
    float[] weights = {1, 8, 2, -7, -3, 6, 4, 5}; // of each input at two places
    Network network = new Network(List.of(slot), weights);
    Pattern pattern = new Pattern.NOfM(2, 4);
    Recipe recipe =
        new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, 0.5, TrainingPoint.START, pattern);

    FlatMask mask = network.prune(recipe, FlatMask.dense(network.slots), 1);

    boolean[] kept = {false, true, false, true, true, false, true, false};
    assertThat(mask.toMask().tensors())
        .containsExactly(TensorMask.of("w", List.of(1, 4, 1, 2), kept));
  }

  @Test
  void filtersOfDifferentSizeCompareByTheMeanAndALayerOfOneIsLeftAlone() {
    List<Slot> slots =
        List.of(
            new Slot("a", List.of(2, 4), 0, 8, Slot.Kind.DENSE, true),
            new Slot("b", List.of(2, 1), 8, 2, Slot.Kind.DENSE, true),
            new Slot("c", List.of(1, 2), 10, 2, Slot.Kind.DENSE, true));
    float[] weights = {2, 2, 2, 2, 5, 5, 5, 5, 3, 9, 0, 0};
    Network network = new Network(slots, weights);
    Recipe recipe =
        new Recipe(
            Criterion.MAGNITUDE,
            Scope.GLOBAL,
            0.5, // 6 of 12 weights: the filter of four, then the one of one; then four are too many
            TrainingPoint.START,
            new Pattern.Filters(Norm.L1));

    Mask mask = network.prune(recipe, FlatMask.dense(slots), 1).toMask();

    assertThat(mask.tensors().stream().map(TensorMask::count)).containsExactly(4L, 1L, 2L);
    assertThat(mask.tensors().get(0).keeps(4)).isTrue();
    assertThat(mask.tensors().get(1).keeps(1)).isTrue();
  }

  @Test
  void theNormDecides() {
    Slot slot = new Slot("w", List.of(2, 2), 0, 4, Slot.Kind.DENSE, true);
    float[] weights = {3, 3, 5, 0.5f}; // L1 6 and 5.5, L2 √18 and √25.25
    Network network = new Network(List.of(slot), weights);

    assertThat(firstFilterStays(network, Norm.L1)).isTrue();
    assertThat(firstFilterStays(network, Norm.L2)).isFalse();
  }

  private static boolean firstFilterStays(Network network, Norm norm) {
    Recipe recipe = network.recipe(0.5, new Pattern.Filters(norm));
    FlatMask mask = network.prune(recipe, FlatMask.dense(network.slots), 1);
    return mask.toMask().tensors().getFirst().keeps(0);
  }

  private static final class Network {
    private final List<Slot> slots;
    private final float[] weights;

    Network(List<Slot> slots, float[] weights) {
      this.slots = slots;
      this.weights = weights;
    }

    static Network of(long seed) {
      Random random = new Random(seed);
      List<Slot> slots = new ArrayList<>();
      int offset = 0;
      for (int i = 0; i <= random.nextInt(4); i++) {
        int kernel = random.nextBoolean() ? 1 : 3;
        List<Integer> shape = List.of(1 + random.nextInt(9), 1 + random.nextInt(9), kernel, kernel);
        int length = shape.get(0) * shape.get(1) * kernel * kernel;
        String name = (char) ('a' + random.nextInt(26)) + "." + i;
        slots.add(new Slot(name, shape, offset, length, Slot.Kind.CONVOLUTION, true));
        offset += length;
      }
      float[] weights = new float[offset];
      for (int i = 0; i < offset; i++) {
        weights[i] = random.nextInt(9) == 0 ? 0 : (random.nextInt(21) - 10) * 1e-2f;
      }
      return new Network(slots, weights);
    }

    Recipe recipe(Scope scope, Pattern pattern) {
      return new Recipe(Criterion.MAGNITUDE, scope, 0.4, TrainingPoint.START, pattern);
    }

    Recipe recipe(double fraction, Pattern pattern) {
      return new Recipe(Criterion.MAGNITUDE, Scope.GLOBAL, fraction, TrainingPoint.START, pattern);
    }

    FlatMask prune(Recipe recipe, FlatMask mask, int threads) {
      try (Arena arena = Arena.ofShared();
          Crew crew = Crew.of(threads)) {
        var segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, weights);
        return Pruner.prune(recipe, segment, mask, crew);
      }
    }
  }
}
