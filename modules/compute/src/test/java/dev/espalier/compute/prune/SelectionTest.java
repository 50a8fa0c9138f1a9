package dev.espalier.compute.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.Slot;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Selections large enough to be sampled, held to a sort, on any number of threads. */
class SelectionTest {
  private static final int LARGE = 400_003; // more than are held without a sample

  static LongStream seeds() {
    return LongStream.range(0, 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void manyWeightsAreSelectedAsBySorting(long seed) {
    Random random = new Random(seed);
    float[] weights = new float[LARGE];
    for (int i = 0; i < LARGE; i++) {
      weights[i] = (float) (random.nextGaussian() * (1 + i / 100_000));
    }
    agree(weights, some(random), random.nextInt(LARGE / 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tiesAreBrokenAsBySorting(long seed) {
    Random random = new Random(seed);
    float[] weights = new float[LARGE];
    for (int i = 0; i < LARGE; i++) {
      weights[i] = (random.nextInt(7) - 3) * 0.125f;
    }
    agree(weights, some(random), random.nextInt(LARGE / 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSampleThatMisleadsChangesNothing(long seed) {
    Random random = new Random(seed);
    float[] weights = new float[LARGE];
    for (int i = 0; i < LARGE; i++) {
      boolean sampled = i / TensorMask.WORD % 3 == 0; // every third word is
      weights[i] = (float) ((sampled ? 5 : 1) * random.nextGaussian());
    }
    agree(weights, index -> true, random.nextInt(LARGE));
  }

  @Test
  void extremesAreSelectedAsBySorting() {
    float[] weights = new float[LARGE];
    float[] kinds = {0f, -0f, Float.MIN_VALUE, -1f, Float.MAX_VALUE, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < LARGE; i++) {
      weights[i] = kinds[i % kinds.length];
    }
    for (int count : new int[] {0, 1, LARGE / 2, LARGE - 1, LARGE}) {
      agree(weights, index -> true, count);
    }
  }

  @Test
  void moreTiesThanAreHeldAreSelectedInOrder() {
    float[] weights = new float[3_000_000];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3 == 0 ? Math.nextUp(0.5f) : 0.5f;
    }

    agree(weights, index -> true, 1_500_000);
  }

  @Test
  void moreWeightsThanRemainAreRefused() {
    assertThatThrownBy(() -> select(new float[4], FlatMask.dense(slots(4)), 5, 1))
        .hasMessage("expected 0 to the 4 remaining weights, got 5");
  }

  /** Checks a selection on 1, 2 and 3 threads against one by sorting. */
  private static void agree(float[] weights, IntPredicate remains, int count) {
    List<Slot> slots = slots(weights.length);
    List<TensorMask> tensors = new ArrayList<>();
    for (Slot slot : slots) {
      boolean[] kept = new boolean[slot.length()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = remains.test(slot.offset() + i);
      }
      tensors.add(TensorMask.of(slot.name(), slot.shape(), kept));
    }
    FlatMask mask = FlatMask.of(slots, Mask.of(tensors));
    Mask expected = bySorting(weights, mask, count);
    for (int threads = 1; threads <= 3; threads++) {
      assertThat(select(weights, mask, count, threads).toMask()).isEqualTo(expected);
    }
  }

  /** Two tensors, the second in the buffer the first by name; an odd number of weights in each. */
  private static List<Slot> slots(int length) {
    int first = length / 3 | 1;
    return List.of(
        new Slot("b", List.of(first), 0, first, Slot.Kind.DENSE, true),
        new Slot("a", List.of(length - first), first, length - first, Slot.Kind.DENSE, true));
  }

  private static FlatMask select(float[] weights, FlatMask mask, long count, int threads) {
    try (Arena arena = Arena.ofShared();
        Crew crew = Crew.of(threads)) {
      var segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, weights);
      return mask.with(new Selection(mask.tensors(), segment, crew).without(count));
    }
  }

  /** Sorts by the bits of |w|, then by place in the order of names. */
  private static Mask bySorting(float[] weights, FlatMask mask, int count) {
    long[] places = new long[weights.length];
    int size = 0;
    int before = 0;
    for (MaskedTensor tensor : mask.tensors()) {
      for (int i = 0; i < tensor.slot().length(); i++) {
        long worth = Float.floatToIntBits(Math.abs(weights[tensor.slot().offset() + i]));
        if (tensor.mask().keeps(i)) {
          places[size++] = worth << Integer.SIZE | (before + i);
        }
      }
      before += tensor.slot().length();
    }
    Arrays.sort(places, 0, size);
    boolean[] gone = new boolean[weights.length];
    for (int i = 0; i < count; i++) {
      gone[(int) places[i]] = true;
    }
    return without(mask, gone);
  }

  private static Mask without(FlatMask mask, boolean[] gone) {
    List<TensorMask> tensors = new ArrayList<>();
    int before = 0;
    for (MaskedTensor tensor : mask.tensors()) {
      boolean[] kept = new boolean[tensor.slot().length()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = tensor.mask().keeps(i) && !gone[before + i];
      }
      tensors.add(TensorMask.of(tensor.slot().name(), tensor.slot().shape(), kept));
      before += kept.length;
    }
    return Mask.of(tensors);
  }

  /** Which weights remain before the selection: more than half. */
  private static IntPredicate some(Random random) {
    int[] words = random.ints(LARGE / Integer.SIZE + 1).toArray();
    return index -> (words[index / Integer.SIZE] >>> index & 1) != 0 || index % 5 == 0;
  }
}
