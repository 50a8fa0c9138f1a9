package dev.espalier.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({"1.0, 100 %", "0.512, 51.2 %", "0.8, 80 %", "0.0012379, 0.12 %", "0.1, 10 %"})
  void densitiesAreShort(double fraction, String text) {
    assertThat(Figures.density(fraction)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "60, 1:00 min", "185, 3:05 min", "3720, 1:02 h", "-4, 0 s"})
  void timesGrowCoarser(long seconds, String text) {
    assertThat(Figures.time(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @Test
  void theReadersLocaleChangesNothing() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Figures.percent(0.9125)).isEqualTo("91.25");
      assertThat(Figures.count(1320)).isEqualTo("1,320");
    } finally {
      Locale.setDefault(before);
    }
  }
}
