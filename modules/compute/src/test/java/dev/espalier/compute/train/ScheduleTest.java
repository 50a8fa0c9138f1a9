package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Schedule SCHEDULE =
      new Schedule(
          new Training(
              10,
              32,
              Optimizer.STANDARD,
              0.4,
              List.of(TrainingPoint.epochs(5), TrainingPoint.iterations(80)),
              0.1,
              0,
              TrainingPoint.iterations(4),
              Augmentation.STANDARD),
          10);

  @Test
  void theRateRisesInAStraightLineDuringWarmUp() {
    assertThat(SCHEDULE.learningRate(0)).isCloseTo(0.1, within(1e-12));
    assertThat(SCHEDULE.learningRate(1)).isCloseTo(0.2, within(1e-12));
    assertThat(SCHEDULE.learningRate(3)).isCloseTo(0.4, within(1e-12));
    assertThat(SCHEDULE.learningRate(4)).isEqualTo(0.4);
  }

  @Test
  void theRateFallsAtEachMilestone() {
    assertThat(SCHEDULE.learningRate(49)).isEqualTo(0.4);
    assertThat(SCHEDULE.learningRate(50)).isCloseTo(0.04, within(1e-12));
    assertThat(SCHEDULE.learningRate(79)).isCloseTo(0.04, within(1e-12));
    assertThat(SCHEDULE.learningRate(80)).isCloseTo(0.004, within(1e-12));
  }

  @Test
  void anEpochHasItsSteps() {
    assertThat(SCHEDULE.steps()).isEqualTo(100);
    assertThat(SCHEDULE.epochOf(0)).isZero();
    assertThat(SCHEDULE.epochOf(19)).isEqualTo(1);
    assertThat(SCHEDULE.stepsBefore(TrainingPoint.epochs(2))).isEqualTo(20);
    assertThat(SCHEDULE.stepsBefore(TrainingPoint.iterations(7))).isEqualTo(7);
  }
}
