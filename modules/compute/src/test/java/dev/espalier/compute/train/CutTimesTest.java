package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTimesTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void weightsGoAsTheClosedFormHasIt(long seed) {
    Random random = new Random(seed);
    long remaining = random.nextLong(1000, 1_000_000);
    long removed = random.nextLong(remaining);
    int every = 1 + random.nextInt(200);
    long cuts = random.nextLong(1, 50);
    long first = random.nextLong(1000);
    CutTimes times = new CutTimes(first, every, cuts, remaining, removed);
    double last = (double) removed / remaining;

    long due = 0;
    for (long step = 0; step < first + every * (cuts + 3); step++) {
      if (times.isDue(step)) {
        double part = (double) (step - first) / (every * cuts);
        double sparsity = last + (0 - last) * Math.pow(1 - part, 3);
        assertThat((double) times.goneAt(step)).isCloseTo(remaining * sparsity, within(1 + 1e-6));
        due++;
      }
    }
    assertThat(due).isEqualTo(cuts + 1);
    assertThat(times.goneAt(first)).isZero();
    assertThat(times.goneAt(first + every * cuts)).isEqualTo(removed);
    assertThat(times.isDue(first + every * (cuts + 1))).isFalse();
  }
}
