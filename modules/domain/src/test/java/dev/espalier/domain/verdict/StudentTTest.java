package dev.espalier.domain.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTTest {
  @ParameterizedTest
  @CsvSource({
    "0.975, 1, 12.706204736",
    "0.975, 2, 4.302652730",
    "0.975, 3, 3.182446305",
    "0.975, 4, 2.776445105",
    "0.975, 5, 2.570581836",
    "0.95, 5, 2.015048373",
    "0.95, 10, 1.812461123",
    "0.995, 29, 2.756385904",
    "0.9995, 2, 31.599054576"
  })
  void quantilesAreThoseOfTheTables(double p, int freedom, double expected) {
    assertThat(StudentT.quantile(p, freedom)).isCloseTo(expected, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.6, 0.9, 0.975, 0.999})
  void withOneDegreeOfFreedomItIsCauchys(double p) {
    double expected = Math.tan(Math.PI * (p - 0.5));

    assertThat(StudentT.quantile(p, 1)).isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void manyDegreesOfFreedomComeCloseToTheNormalDistribution() {
    double last = Double.POSITIVE_INFINITY;
    for (int freedom = 1; freedom <= 1000; freedom++) {
      double next = StudentT.quantile(0.975, freedom);
      assertThat(next).isLessThan(last);
      last = next;
    }
    assertThat(last).isCloseTo(1.959964, within(3e-3));
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> StudentT.quantile(1, 3)).hasMessageContaining("got 1.0 and 3");
    assertThatThrownBy(() -> StudentT.quantile(0.9, 0)).hasMessageContaining("got 0.9 and 0");
  }
}
