package dev.espalier.domain.mask;

import java.util.Collection;

/**
 * How far two masks of the same weights agree, beside what two random ones would.
 *
 * @param both weights that both keep
 * @param first weights that the first keeps
 * @param second weights that the second keeps
 * @param total weights that there are, at least 1
 */
public record Overlap(long both, long first, long second, long total) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when they cannot be
   */
  public Overlap {
    boolean possible = both >= 0 && both <= Math.min(first, second) && total >= 1;
    if (!possible || first + second - both > total) {
      throw new IllegalArgumentException(
          "expected counts of two masks of the same weights, got %d in both, %d and %d of %d"
              .formatted(both, first, second, total));
    }
  }

  /** Weights that either keeps. */
  public long either() {
    return first + second - both;
  }

  /** Intersection over union: {@code both ÷ either}, 0 to 1; 1 when neither keeps anything. */
  public double iou() {
    return either() == 0 ? 1 : (double) both / either();
  }

  /** The part of what the first keeps that the second keeps too, 0 to 1; 1 when it keeps none. */
  public double shared() {
    return first == 0 ? 1 : (double) both / first;
  }

  /**
   * The intersection over union that chance gives, 0 to 1: of two masks that keep {@code first} and
   * {@code second} of {@code total} weights wherever chance says, {@code e = first × second ÷
   * total} are expected in both, and this is {@code e ÷ (first + second − e)}. That is the ratio of
   * the expected counts; the expected ratio differs from it by about 1 ÷ total at most.
   */
  public double chanceIou() {
    double expected = (double) first * second / total;
    double union = first + second - expected;
    return union == 0 ? 1 : expected / union;
  }

  /**
   * The intersection over union of all {@code tensors} that chance gives where it keeps as many
   * weights of each as the masks do, 0 to 1; 0 where neither mask keeps anything. Expected in both
   * are, in each tensor, {@code first × second ÷ total}.
   */
  public static double chanceByTensor(Collection<Overlap> tensors) {
    double both =
        tensors.stream()
            .mapToDouble(tensor -> (double) tensor.first * tensor.second / tensor.total)
            .sum();
    double either =
        tensors.stream().mapToDouble(tensor -> tensor.first + tensor.second).sum() - both;
    return either == 0 ? 0 : both / either;
  }

  /** The part of the weights that both treat alike, kept or removed, 0 to 1. */
  public double agreement() {
    return (double) (total - first - second + 2 * both) / total;
  }

  /**
   * The agreement that chance gives, 0 to 1: of weights that are kept with the probabilities {@code
   * p = first ÷ total} and {@code q = second ÷ total}, it is {@code pq + (1 − p)(1 − q)}.
   */
  public double chanceAgreement() {
    double one = (double) first / total;
    double other = (double) second / total;
    return one * other + (1 - one) * (1 - other);
  }

  /** The counts of this and {@code other} weights together. */
  public Overlap plus(Overlap other) {
    return new Overlap(
        both + other.both, first + other.first, second + other.second, total + other.total);
  }
}
