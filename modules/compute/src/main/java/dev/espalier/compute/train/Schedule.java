package dev.espalier.compute.train;

import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;

/** The steps of a training run, and the learning rate at each. */
public final class Schedule {
  private final Training training;
  private final int stepsPerEpoch;
  private final boolean tuning;

  /**
   * The schedule of {@code training} when an epoch has {@code stepsPerEpoch} steps.
   *
   * @throws IllegalArgumentException unless an epoch has at least one
   */
  public Schedule(Training training, int stepsPerEpoch) {
    this(training, stepsPerEpoch, false);
  }

  private Schedule(Training training, int stepsPerEpoch, boolean tuning) {
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException("expected at least 1 step an epoch, got " + stepsPerEpoch);
    }
    this.training = training;
    this.stepsPerEpoch = stepsPerEpoch;
    this.tuning = tuning;
  }

  /** The same steps, each at the learning rate of the last. */
  Schedule atItsLast() {
    return new Schedule(training, stepsPerEpoch, true);
  }

  /** Steps in all. */
  public long steps() {
    return (long) training.epochs() * stepsPerEpoch;
  }

  /** Steps of an epoch. */
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** Passes over the training images in all. */
  public int epochs() {
    return training.epochs();
  }

  /** The epoch, from 0, that step {@code step}, from 0, belongs to. */
  public int epochOf(long step) {
    return (int) (step / stepsPerEpoch);
  }

  /** The number of steps before the linear rise of the learning rate ends. */
  long warmUp() {
    return stepsBefore(training.warmUp());
  }

  /** The number of steps before {@code point}. */
  public long stepsBefore(TrainingPoint point) {
    return point.steps(stepsPerEpoch, training.batch());
  }

  /**
   * η at step {@code step}, from 0: what the schedule makes of the learning rate, and during the
   * first w steps of a warm-up that times (step + 1) ÷ w.
   */
  public double learningRate(long step) {
    return scheduled(tuning ? steps() - 1 : step);
  }

  private double scheduled(long step) {
    double rate =
        switch (training.schedule()) {
          case STEP -> inSteps(step);
          case COSINE -> alongCosine(step);
          case CONSTANT -> training.learningRate();
        };
    long warmUp = warmUp();
    return step < warmUp ? rate * (step + 1) / warmUp : rate;
  }

  /** Times γ for every milestone that the step has reached. */
  private double inSteps(long step) {
    double rate = training.learningRate();
    for (TrainingPoint milestone : training.milestones()) {
      rate *= step >= stepsBefore(milestone) ? training.gamma() : 1;
    }
    return rate;
  }

  /** η·(1 + cos(π·step ÷ steps)) ÷ 2. */
  private double alongCosine(long step) {
    double turned = StrictMath.cos(Math.PI * step / steps());
    return training.learningRate() * (1 + turned) / 2;
  }

  /**
   * The rule of step {@code step}, from 0.
   *
   * @param count which update it is since the moments were 0, from 1
   */
  Update update(long step, long count) {
    return new Update(
        training.optimizer(),
        learningRate(step),
        training.weightDecay(),
        count,
        training.clipNorm());
  }
}
