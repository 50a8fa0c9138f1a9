package dev.espalier.compute.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawsTest {
  @Test
  void aStreamIsTheSameForEver() {
    Draws draws = Draws.of(7, "golden", 1, 2);

    assertThat(new long[] {draws.bits(), draws.bits(), draws.bits()}).containsExactly(GOLDEN);
  }

  private static final long[] GOLDEN = {
    -7412496268019444471L, -8455919799898987835L, -8790890070420010486L
  };

  @Test
  void namesThatDifferInAnythingGiveDifferentStreams() {
    Set<Long> firsts = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (long epoch = 0; epoch < 20; epoch++) {
        firsts.add(Draws.of(seed, "a", epoch).bits());
        firsts.add(Draws.of(seed, "b", epoch).bits());
        firsts.add(Draws.of(seed, "a", 0, epoch).bits());
      }
    }

    assertThat(firsts).hasSize(3 * 20 * 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, -1, Long.MAX_VALUE})
  void aPermutationHasEveryNumberOnce(long seed) {
    int[] permutation = Draws.of(seed, "permutation").permutation(1000);

    assertThat(Arrays.stream(permutation).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(permutation).isNotEqualTo(IntStream.range(0, 1000).toArray());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void gaussiansHaveMeanZeroAndVarianceOne(long seed) {
    Draws draws = Draws.of(seed, "gaussian");
    double sum = 0;
    double squares = 0;
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      double value = draws.gaussian();
      sum += value;
      squares += value * value;
    }

    assertThat(sum / count).isCloseTo(0, within(0.02));
    assertThat(squares / count).isCloseTo(1, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void wholeNumbersComeEquallyOften(long seed) {
    Draws draws = Draws.of(seed, "below");
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[draws.below(7)]++;
    }

    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
  }
}
