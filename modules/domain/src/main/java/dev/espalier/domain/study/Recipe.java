package dev.espalier.domain.study;

import java.util.OptionalInt;

/**
 * How one round prunes. The counting rule: of the r prunable weights that remain, k =
 * floor(fraction × r) are removed, those of least worth; equal worth is broken by tensor name, then
 * by flat index in the tensor, the lower first. Prunable are the weights of convolutions (the first
 * one too) and of dense layers but the last; biases and batch norm never are (Caron et al. 2020,
 * section 3.1).
 *
 * <p>Scopes other than {@code global} share k out to the tensors, and in each those of least worth
 * go. Each gets the whole part of its share, and what is left over goes one by one to those with
 * the largest fractions, of equal ones to the first by name.
 *
 * <p>With a {@code depth} only so many of the first convolutions are prunable, in the order in
 * which the network computes them, depthwise ones and those of shortcuts counted: r is what remains
 * of them. Masks and densities are of all prunable weights all the same (Caron et al. 2020, figures
 * 4 and 9).
 *
 * <p>A cut in several {@code steps} scores anew under the mask so far before each: of r weights the
 * t-th of n steps leaves as many as make the density d^(t ÷ n), d being what the whole cut leaves
 * (Tanaka et al. 2020; de Jorge et al. 2021).
 *
 * <p>Whole filters, channels or blocks go from the one of least worth on as long as what they
 * remove is at most k in all, or, where k is shared out, in the tensor: so a round may remove a
 * little less than k. A pattern n:m alone decides what goes: of every full group all but the n of
 * most worth, the first in order among equals, as many groups a tensor in every scope; such a
 * recipe's fraction is 1 − n ÷ m, and it has one round.
 *
 * <p>A criterion that looks at images sees the batches that training would see next, as training
 * would, and the network does with batch norm as in training. Its batches may be shared out to
 * {@code shards}, which any workers take: what they find is summed exactly, so no mask depends on
 * how many there are.
 *
 * <p>After the cut the weights and batch-norm statistics return to W_k, their values at the rewind
 * point of round 0, and the next round trains on from there, unless {@code retrain} says otherwise:
 * learning rate and data order go on from step k, the optimizer's moments start from zero.
 *
 * <p>With a schedule other than by rounds, round 0 trains the dense network and removes nothing,
 * and round n, which knows of round 0 alone, makes and trains level n: with as many weights as n
 * rounds would leave.
 *
 * @param criterion what a weight is worth
 * @param scope how the cut is allocated to tensors
 * @param fraction the part of the remaining weights that a round removes, above 0 and below 1
 * @param rewind k, the point of round 0 whose weights are returned to
 * @param pattern which weights go together
 * @param moment when weights are removed; instead of training, W₀ is what is returned to, and what
 *     a study reports as trained on the objective are networks as they were drawn
 * @param batches how many batches a criterion that looks at images sees, 1 to 10,000
 * @param steps how many steps a cut is made in, 1 to 1,000
 * @param depth how many of the first convolutions may be pruned, 1 to 1,000; absent: everything
 *     prunable
 * @param retrain what a network is trained on from after a cut
 * @param schedule when cuts are made
 * @param shards how many tasks share the batches of a score, 1 to {@code batches}
 */
public record Recipe(
    Criterion criterion,
    Scope scope,
    double fraction,
    TrainingPoint rewind,
    Pattern pattern,
    Moment moment,
    int batches,
    int steps,
    OptionalInt depth,
    Retraining retrain,
    PruningSchedule schedule,
    int shards) {
  /** How many batches a criterion sees unless a recipe says otherwise. */
  public static final int BATCHES = 8;

  private static final int MOST_BATCHES = 10_000;
  private static final int MOST_STEPS = 1000;
  private static final int MOST_LAYERS = 1000;
  private static final double EXACT = 1e-9;

  /**
   * Checks the numbers, and that fraction, scope and criterion suit the pattern.
   *
   * @throws IllegalArgumentException when one does not
   */
  public Recipe {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "expected a fraction above 0 and below 1, got " + fraction);
    }
    if (pattern instanceof Pattern.NOfM groups) {
      requireSuited(groups, scope, fraction);
      requireWithin(1, "step with the pattern " + groups, steps);
    }
    if (moment == Moment.UNTRAINED && !rewind.equals(TrainingPoint.START)) {
      throw new IllegalArgumentException(
          "expected to rewind to %s, where an untrained network is, got %s"
              .formatted(TrainingPoint.START, rewind));
    }
    boolean counted = pattern.equals(Pattern.UNSTRUCTURED) || pattern instanceof Pattern.NOfM;
    if (criterion.isSigned() && !counted) {
      throw new IllegalArgumentException(
          "expected weights each on their own or n:m with %s, whose worth has a sign, got %s"
              .formatted(criterion, pattern));
    }
    if (criterion == Criterion.SLIMMING && !(pattern instanceof Pattern.Filters)) {
      throw new IllegalArgumentException(
          "expected filters with slimming, which knows no single weight, got " + pattern);
    }
    requireWithin(MOST_BATCHES, "batches", batches);
    requireWithin(MOST_STEPS, "steps", steps);
    requireWithin(MOST_LAYERS, "convolutions", depth.orElse(1));
    if (moment == Moment.UNTRAINED || cutsInTraining(schedule)) {
      require(retrain == Retraining.REWIND, "retrain rewind where no training follows", retrain);
    }
    if (cutsInTraining(schedule)) {
      require(moment == Moment.TRAINED, "the moment trained to prune in training", moment);
      require(steps == 1, "1 step in each cut of a training", steps);
    }
    if (schedule instanceof PruningSchedule.Cubic) {
      require(!(pattern instanceof Pattern.NOfM), "no pattern n:m with cubic", pattern);
    }
    if (criterion == Criterion.MOVEMENT) {
      require(
          schedule instanceof PruningSchedule.Cubic, "the schedule cubic with movement", schedule);
    }
    if (schedule instanceof PruningSchedule.StraightThrough) {
      require(pattern instanceof Pattern.NOfM, "a pattern n:m with straight-through", pattern);
      require(criterion == Criterion.MAGNITUDE, "magnitude with straight-through", criterion);
    }
    requireWithin(batches, "shards of " + batches + " batches", shards);
    if (shards > 1) {
      require(
          criterion.readsImages(), "a criterion that sees images, to share them out", criterion);
      require(schedule instanceof PruningSchedule.Rounds, "rounds with several shards", schedule);
      require(steps == 1, "1 step with several shards", steps);
    }
  }

  private static boolean cutsInTraining(PruningSchedule schedule) {
    return switch (schedule) {
      case PruningSchedule.Rounds rounds -> false;
      case PruningSchedule.Once once -> false;
      case PruningSchedule.Cubic cubic -> true;
      case PruningSchedule.StraightThrough through -> true;
    };
  }

  private static void require(boolean holds, String expected, Object came) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", got " + came);
    }
  }

  private static void requireWithin(int most, String what, int came) {
    if (came < 1 || came > most) {
      throw new IllegalArgumentException(
          "expected 1%s %s, got %d".formatted(most == 1 ? "" : " to " + most, what, came));
    }
  }

  private static void requireSuited(Pattern.NOfM groups, Scope scope, double fraction) {
    if (Math.abs(fraction - groups.removes()) > EXACT) {
      throw new IllegalArgumentException(
          "expected the fraction %s, which is what the pattern %s removes, got %s"
              .formatted(groups.removes(), groups, fraction));
    }
    if (scope == Scope.ERK) {
      throw new IllegalArgumentException(
          "expected the scope global or uniform with the pattern " + groups + ", got " + scope);
    }
  }

  /** A recipe whose scores are not shared out. */
  public Recipe(
      Criterion criterion,
      Scope scope,
      double fraction,
      TrainingPoint rewind,
      Pattern pattern,
      Moment moment,
      int batches,
      int steps,
      OptionalInt depth,
      Retraining retrain,
      PruningSchedule schedule) {
    this(
        criterion, scope, fraction, rewind, pattern, moment, batches, steps, depth, retrain,
        schedule, 1);
  }

  /** A recipe that removes each weight on its own. */
  public Recipe(Criterion criterion, Scope scope, double fraction, TrainingPoint rewind) {
    this(criterion, scope, fraction, rewind, Pattern.UNSTRUCTURED);
  }

  /** A recipe that removes trained weights. */
  public Recipe(
      Criterion criterion, Scope scope, double fraction, TrainingPoint rewind, Pattern pattern) {
    this(criterion, scope, fraction, rewind, pattern, Moment.TRAINED, BATCHES);
  }

  /** A recipe whose cuts are made in one step, wherever weights are prunable. */
  public Recipe(
      Criterion criterion,
      Scope scope,
      double fraction,
      TrainingPoint rewind,
      Pattern pattern,
      Moment moment,
      int batches) {
    this(
        criterion,
        scope,
        fraction,
        rewind,
        pattern,
        moment,
        batches,
        1,
        OptionalInt.empty(),
        Retraining.REWIND,
        PruningSchedule.ROUNDS);
  }

  /**
   * How many of {@code remaining} weights a round removes: floor(fraction × remaining), the product
   * taken in double precision.
   */
  public long removed(long remaining) {
    return (long) Math.floor(fraction * remaining);
  }

  /** Whether a round begins with what the round before left, and not with round 0. */
  public boolean goesRoundByRound() {
    return schedule instanceof PruningSchedule.Rounds;
  }

  /** The round that publishes the mask of {@code level}, from 1. */
  public int roundOf(int level) {
    return goesRoundByRound() ? level - 1 : level;
  }

  /** Whether a round's cut is a task of its own, after those that score. */
  public boolean sharesScores() {
    return shards > 1;
  }

  /** Whether weights are removed while the network is trained. */
  public boolean cutsInTraining() {
    return cutsInTraining(schedule);
  }

  /** How many of {@code remaining} weights so many rounds remove, one after the other. */
  public long removed(long remaining, int rounds) {
    long left = remaining;
    for (int round = 0; round < rounds; round++) {
      left -= removed(left);
    }
    return remaining - left;
  }
}
