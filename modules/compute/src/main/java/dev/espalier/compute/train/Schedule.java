package dev.espalier.compute.train;

import dev.espalier.compute.plan.Update;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Training;
import dev.espalier.domain.study.TrainingPoint;
import dev.espalier.domain.task.Failure;

/** The steps of a training run, and the learning rate at each. */
public final class Schedule {
  private final Training training;
  private final int stepsPerEpoch;

  /**
   * The schedule of {@code training} when an epoch has {@code stepsPerEpoch} steps.
   *
   * @throws IllegalArgumentException unless an epoch has at least one
   */
  public Schedule(Training training, int stepsPerEpoch) {
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException("expected at least 1 step an epoch, got " + stepsPerEpoch);
    }
    this.training = training;
    this.stepsPerEpoch = stepsPerEpoch;
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

  /** The number of steps before {@code point}. */
  public long stepsBefore(TrainingPoint point) {
    return point.steps(stepsPerEpoch);
  }

  /**
   * η at step {@code step}, from 0: the learning rate, times γ for every milestone that the step
   * has reached; during the first w steps of a warm-up, times (step + 1) ÷ w.
   */
  public double learningRate(long step) {
    double rate = training.learningRate();
    for (TrainingPoint milestone : training.milestones()) {
      rate *= step >= stepsBefore(milestone) ? training.gamma() : 1;
    }
    long warmUp = stepsBefore(training.warmUp());
    return step < warmUp ? rate * (step + 1) / warmUp : rate;
  }

  /** The rule of step {@code step}, from 0. */
  Update update(long step) {
    return switch (training.optimizer()) {
      case Optimizer.Sgd(double momentum, boolean nesterov) ->
          new Update(learningRate(step), momentum, nesterov, training.weightDecay());
      case Optimizer.Adam adam -> throw unsupported(adam);
      case Optimizer.AdamW adam -> throw unsupported(adam);
      case Optimizer.Lars lars -> throw unsupported(lars);
    };
  }

  private static TaskException unsupported(Optimizer optimizer) {
    return new TaskException(new Failure.BadInput("expected the optimizer sgd, got " + optimizer));
  }
}
