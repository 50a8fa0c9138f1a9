package dev.espalier.domain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import dev.espalier.domain.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"1ep", "500it", "0it", "160ep"})
  void aPointInTrainingPrintsAsItWasWritten(String text) {
    assertThat(TrainingPoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "ep", "-1ep", "1.5ep", "1 ep", "1epoch"})
  void anythingElseIsNoPointInTraining(String text) {
    assertThatThrownBy(() -> TrainingPoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as 1ep or 500it, got \"" + text + "\"");
  }

  @Test
  void aPointInEpochsIsThatManyTimesTheStepsOfAnEpoch() {
    assertThat(TrainingPoint.epochs(3).steps(40)).isEqualTo(120);
    assertThat(TrainingPoint.iterations(3).steps(40)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 10, 2", "0.2, 11, 2", "0.2, 4, 0", "0.5, 77, 38", "0.999, 1000, 999"})
  void aRoundRemovesTheFloorOfItsFraction(double fraction, long remaining, long removed) {
    assertThat(Examples.recipe(fraction).removed(remaining)).isEqualTo(removed);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void aFractionOutsideItsRangeIsRefused(double fraction) {
    assertThatThrownBy(() -> Examples.recipe(fraction))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0 and below 1, got " + fraction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:", "md5:00", "sha256:xyz", "00"})
  void whatIsNoDigestIsRefused(String text) {
    assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDigestPrintsAsItWasWritten() {
    Digest digest = Digest.of(new byte[0]);

    assertThat(digest)
        .hasToString("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
  }
}
