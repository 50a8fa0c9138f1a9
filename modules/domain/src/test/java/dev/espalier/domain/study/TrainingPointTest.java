package dev.espalier.domain.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPointTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"1ep", "500it", "0it", "160ep", "0ep", "0im", "40000im", "999999999999im"})
  void aPointPrintsAsItWasWritten(String text) {
    assertThat(TrainingPoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "ep", "-1ep", "1.5ep", "1 ep", "1epoch", "im", "-1im", "40k", "4e4im"})
  void anythingElseIsNoPoint(String text) {
    assertThatThrownBy(() -> TrainingPoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("such as 1ep or 500it or 40000im, got \"" + text + "\"");
  }

  @Test
  void nothingIsBeforeTheBeginning() {
    assertThatThrownBy(() -> TrainingPoint.images(-1))
        .hasMessage("expected a point in training at or after its start, got -1im");
  }

  @Test
  void epochsAreTimesTheStepsOfAnEpochAndIterationsAreSteps() {
    assertThat(TrainingPoint.epochs(3).steps(40, 16)).isEqualTo(120);
    assertThat(TrainingPoint.iterations(3).steps(40, 16)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 64, 0",
    "1, 64, 1",
    "64, 64, 1",
    "65, 64, 2",
    "3000, 64, 47", // 47 × 64 is 3,008
    "3840000, 1536, 2500",
    "3840000, 768, 5000" // table 1 of Caron et al. 2020
  })
  void imagesAreSeenInWholeSteps(long images, int batch, long steps) {
    assertThat(TrainingPoint.images(images).steps(1, batch)).isEqualTo(steps);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void thePointIsTheFirstAtWhichSoManyImagesWereSeen(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long images = random.nextLong(1, 1L << 40);
    int batch = random.nextInt(1, 10_000);

    long steps = TrainingPoint.images(images).steps(random.nextInt(1, 1_000), batch);

    assertThat(steps * batch)
        .as("images %d, batch %d", images, batch)
        .isGreaterThanOrEqualTo(images);
    assertThat((steps - 1) * batch).isLessThan(images);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void imagesOfWholeEpochsAreEpochsWhereABatchDividesTheData(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int batch = random.nextInt(1, 1_000);
    int perEpoch = random.nextInt(1, 1_000);
    int epochs = random.nextInt(100);
    int left = random.nextInt(batch); // an epoch leaves them out
    long exact = TrainingPoint.images((long) epochs * perEpoch * batch).steps(perEpoch, batch);
    long more =
        TrainingPoint.images((long) epochs * (perEpoch * batch + left)).steps(perEpoch, batch);

    assertThat(exact).isEqualTo(TrainingPoint.epochs(epochs).steps(perEpoch, batch));
    assertThat(more).isGreaterThanOrEqualTo(exact);
  }

  @ParameterizedTest
  @EnumSource
  void laterIsNeverSooner(TrainingPoint.Unit unit) {
    for (long amount = 0; amount < 200; amount++) {
      assertThat(new TrainingPoint(amount + 1, unit).steps(7, 5))
          .isGreaterThanOrEqualTo(new TrainingPoint(amount, unit).steps(7, 5));
    }
  }
}
