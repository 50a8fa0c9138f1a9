package dev.espalier.compute.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.RateSchedule;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
  private static final Schedule SCHEDULE =
      schedule(
          RateSchedule.STEP, List.of(TrainingPoint.epochs(5), TrainingPoint.iterations(80)), 4);

  // torch.optim.lr_scheduler.CosineAnnealingLR(SGD(lr=0.4), T_max=100), after 0, 1, 25, 50, 99
  // steps.
  private static final double[][] TORCH_COSINE = {
    {0, 0.4}, {1, 0.399901312073}, {25, 0.341421356237}, {50, 0.2}, {99, 9.8687926854e-5}
  };

  private static Schedule schedule(RateSchedule kind, List<TrainingPoint> milestones, long warmUp) {
    return new Schedule(
        new Training(
            10,
            32,
            new Optimizer.Adam(0.9, 0.999, 1e-8),
            0.4,
            milestones,
            0.1,
            0.01,
            TrainingPoint.iterations(warmUp),
            Augmentation.STANDARD,
            kind,
            0,
            OptionalDouble.of(3)),
        10);
  }

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
  void aCosineFallsAsPyTorchs() {
    Schedule cosine = schedule(RateSchedule.COSINE, List.of(), 0);

    for (double[] known : TORCH_COSINE) {
      assertThat(cosine.learningRate((long) known[0])).isCloseTo(known[1], within(1e-12));
    }
  }

  @Test
  void aCosineFallsAtEveryStepAndAsMuchBeforeTheMiddleAsAfter() {
    Schedule cosine = schedule(RateSchedule.COSINE, List.of(), 0);

    for (long step = 1; step < cosine.steps(); step++) {
      assertThat(cosine.learningRate(step)).isLessThan(cosine.learningRate(step - 1));
      double mirrored = cosine.learningRate(cosine.steps() - step);
      assertThat(cosine.learningRate(step) + mirrored).isCloseTo(0.4, within(1e-12));
    }
  }

  @Test
  void aConstantRateStays() {
    Schedule constant = schedule(RateSchedule.CONSTANT, List.of(), 0);

    for (long step = 0; step < constant.steps(); step++) {
      assertThat(constant.learningRate(step)).isEqualTo(0.4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void warmUpIsAPartOfWhatTheScheduleSays(RateSchedule kind) {
    Schedule cold = schedule(kind, List.of(), 0);
    Schedule warm = schedule(kind, List.of(), 20);

    for (long step = 0; step < cold.steps(); step++) {
      double part = Math.min(1, (step + 1) / 20.0);
      assertThat(warm.learningRate(step)).isCloseTo(part * cold.learningRate(step), within(1e-15));
      assertThat(warm.learningRate(step)).isPositive();
    }
  }

  @Test
  void theUpdateSaysAllThatTheOptimizerNeeds() {
    Update update = SCHEDULE.update(50, 7);

    assertThat(update.optimizer()).isEqualTo(new Optimizer.Adam(0.9, 0.999, 1e-8));
    assertThat(update.learningRate()).isEqualTo(SCHEDULE.learningRate(50));
    assertThat(update.weightDecay()).isEqualTo(0.01);
    assertThat(update.count()).isEqualTo(7);
    assertThat(update.clipNorm()).hasValue(3);
  }

  @Test
  void anEpochHasItsSteps() {
    assertThat(SCHEDULE.steps()).isEqualTo(100);
    assertThat(SCHEDULE.epochOf(0)).isZero();
    assertThat(SCHEDULE.epochOf(19)).isEqualTo(1);
    assertThat(SCHEDULE.stepsBefore(TrainingPoint.epochs(2))).isEqualTo(20);
    assertThat(SCHEDULE.stepsBefore(TrainingPoint.iterations(7))).isEqualTo(7);
    assertThat(SCHEDULE.stepsBefore(TrainingPoint.images(65))).isEqualTo(3);
  }
}
