package dev.espalier.domain.task;

/**
 * How large a network is under a mask, by the counts that Blalock et al. 2020 ("What is the state
 * of neural network pruning?", section 6) ask for. They come from the mask, not from the weights: a
 * weight that training happens to drive to 0 is kept.
 *
 * @param parameters all parameters, at least 1: weights, biases, and the scales and shifts of batch
 *     norm
 * @param kept those of them that are not removed; what is not prunable is always kept
 * @param multiplyAdds products of a weight and a value that one picture takes in the dense network;
 *     those with the zeros of a padding are not counted
 * @param multiplyAddsKept the same under the mask: of each layer, its products times the density of
 *     its mask, rounded
 */
public record Size(long parameters, long kept, long multiplyAdds, long multiplyAddsKept) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when they cannot be
   */
  public Size {
    boolean possible = parameters >= 1 && multiplyAdds >= 0;
    if (!possible || !isPart(kept, parameters) || !isPart(multiplyAddsKept, multiplyAdds)) {
      throw new IllegalArgumentException(
          "expected 0 to all parameters and multiply-adds kept, got %d of %d and %d of %d"
              .formatted(kept, parameters, multiplyAddsKept, multiplyAdds));
    }
  }

  private static boolean isPart(long part, long whole) {
    return part >= 0 && part <= whole;
  }

  /** The same network without a mask. */
  public Size dense() {
    return new Size(parameters, parameters, multiplyAdds, multiplyAdds);
  }

  /** The fraction of all parameters that is kept, 0 to 1. */
  public double density() {
    return (double) kept / parameters;
  }

  /** The compression ratio: parameters ÷ those kept, at least 1; infinite when none is. */
  public double compression() {
    return (double) parameters / kept;
  }

  /**
   * The theoretical speed-up: multiply-adds of the dense network ÷ those under the mask, at least
   * 1. No statement about time: whether zeros are skipped is up to who computes.
   */
  public double speedUp() {
    return (double) multiplyAdds / multiplyAddsKept;
  }
}
