package dev.espalier.domain.study;

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
 * <p>Whole filters, channels or blocks go from the one of least worth on as long as what they
 * remove is at most k in all, or, where k is shared out, in the tensor: so a round may remove a
 * little less than k. A pattern n:m alone decides what goes: of every full group all but the n of
 * most worth, the first in order among equals, as many groups a tensor in every scope; such a
 * recipe's fraction is 1 − n ÷ m, and it has one round.
 *
 * <p>A criterion that looks at images sees the batches that training would see next, as training
 * would, and the network does with batch norm as in training.
 *
 * <p>After the cut the weights and batch-norm statistics return to W_k, their values at the rewind
 * point of round 0, and the next round trains on from there: learning rate and data order go on
 * from step k, the optimizer's moments start from zero.
 *
 * @param criterion what a weight is worth
 * @param scope how the cut is allocated to tensors
 * @param fraction the part of the remaining weights that a round removes, above 0 and below 1
 * @param rewind k, the point of round 0 whose weights are returned to
 * @param pattern which weights go together
 * @param moment when weights are removed; instead of training, W₀ is what is returned to, and what
 *     a study reports as trained on the objective are networks as they were drawn
 * @param batches how many batches a criterion that looks at images sees, 1 to 10,000
 */
public record Recipe(
    Criterion criterion,
    Scope scope,
    double fraction,
    TrainingPoint rewind,
    Pattern pattern,
    Moment moment,
    int batches) {
  /** How many batches a criterion sees unless a recipe says otherwise. */
  public static final int BATCHES = 8;

  private static final int MOST_BATCHES = 10_000;
  private static final double EXACT = 1e-9;

  /**
   * Checks the fraction, and that it and the scope suit the pattern.
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
    if (batches < 1 || batches > MOST_BATCHES) {
      throw new IllegalArgumentException(
          "expected 1 to " + MOST_BATCHES + " batches, got " + batches);
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

  /** A recipe that removes each weight on its own. */
  public Recipe(Criterion criterion, Scope scope, double fraction, TrainingPoint rewind) {
    this(criterion, scope, fraction, rewind, Pattern.UNSTRUCTURED);
  }

  /** A recipe that removes trained weights. */
  public Recipe(
      Criterion criterion, Scope scope, double fraction, TrainingPoint rewind, Pattern pattern) {
    this(criterion, scope, fraction, rewind, pattern, Moment.TRAINED, BATCHES);
  }

  /**
   * How many of {@code remaining} weights a round removes: floor(fraction × remaining), the product
   * taken in double precision.
   */
  public long removed(long remaining) {
    return (long) Math.floor(fraction * remaining);
  }
}
