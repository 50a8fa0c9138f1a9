package dev.espalier.domain.study;

/**
 * How one round prunes. The counting rule: of the r prunable weights that remain, k =
 * floor(fraction × r) are removed, those of least worth; equal worth is broken by tensor name, then
 * by flat index in the tensor, the lower first. Prunable are the weights of convolutions (the first
 * one too) and of dense layers but the last; biases and batch norm never are (Caron et al. 2020,
 * section 3.1).
 *
 * <p>After the cut the weights and batch-norm statistics return to W_k, their values at the rewind
 * point of round 0, and the next round trains on from there: learning rate and data order go on
 * from step k, the optimizer's moments start from zero.
 *
 * @param criterion what a weight is worth
 * @param scope how the cut is allocated to layers
 * @param fraction the part of the remaining weights that a round removes, above 0 and below 1
 * @param rewind k, the point of round 0 whose weights are returned to
 */
public record Recipe(Criterion criterion, Scope scope, double fraction, TrainingPoint rewind) {
  /**
   * Checks the fraction.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public Recipe {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "expected a fraction above 0 and below 1, got " + fraction);
    }
  }

  /**
   * How many of {@code remaining} weights a round removes: floor(fraction × remaining), the product
   * taken in double precision.
   */
  public long removed(long remaining) {
    return (long) Math.floor(fraction * remaining);
  }
}
