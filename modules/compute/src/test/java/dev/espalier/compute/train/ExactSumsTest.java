package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumsTest {
  private static final BigDecimal UNIT = BigDecimal.ONE.divide(BigDecimal.TWO.pow(96));

  /** Terms of all sizes, from far below the unit to the limit. */
  private static List<Double> terms(Random random, int count) {
    List<Double> terms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      terms.add(Math.scalb(random.nextDouble(-1, 1), random.nextInt(-130, 18)));
    }
    return terms;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSumIsThatOfTheRoundedTerms(long seed) {
    List<Double> terms = terms(new Random(seed), 1000);
    try (ExactSums sums = new ExactSums(2)) {
      BigDecimal exact = BigDecimal.ZERO;
      for (double term : terms) {
        sums.add(1, term);
        BigDecimal units = new BigDecimal(term).divide(UNIT, 0, RoundingMode.HALF_UP);
        exact = exact.add(units.multiply(UNIT));
      }
      double expected = exact.doubleValue();
      assertThat(sums.get(1)).isCloseTo(expected, within(2 * Math.ulp(expected)));
      assertThat(sums.get(0)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 1, -1, 0x1p-96, -0x1p-96, 131071.99, -3.3, 1e-20, -1e-20})
  void aTermIsItsOwnSum(double term) {
    try (ExactSums sums = new ExactSums(1)) {
      sums.add(0, term);

      assertThat(sums.get(0)).isCloseTo(term, within(0x1p-97));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void neitherOrderNorGroupsChangeABit(long seed) {
    Random random = new Random(seed);
    List<Double> terms = terms(random, 500);
    try (ExactSums whole = new ExactSums(1);
        ExactSums grouped = new ExactSums(1)) {
      terms.forEach(term -> whole.add(0, term));
      Collections.shuffle(terms, random);
      while (!terms.isEmpty()) {
        int size = Math.min(terms.size(), 1 + random.nextInt(100));
        List<Double> group = terms.subList(0, size);
        try (ExactSums part = new ExactSums(1)) {
          group.forEach(term -> part.add(0, term));
          MemorySegment words = part.segment();
          grouped.add(words.asSlice(0, Long.BYTES), words.asSlice(Long.BYTES, Long.BYTES));
        }
        group.clear();
      }

      assertThat(grouped.segment().toArray(ValueLayout.JAVA_LONG))
          .isEqualTo(whole.segment().toArray(ValueLayout.JAVA_LONG));
    }
  }

  @Test
  void aTermBeyondTheLimitIsRefused() {
    try (ExactSums sums = new ExactSums(1)) {
      for (double term : new double[] {0x1p17, -1e30, Double.NaN, Double.NEGATIVE_INFINITY}) {
        assertThatThrownBy(() -> sums.add(0, term))
            .isInstanceOf(ArithmeticException.class)
            .hasMessageEndingWith("got " + term);
      }
    }
  }
}
