package dev.espalier.domain.task;

/**
 * A network right after a cut, before any retraining: its trained weights under the mask that the
 * round selected.
 *
 * @param score on its own objective
 * @param size how large it is under that mask
 * @param zeros prunable weights that training itself drove to 0 before the cut: not removed, and
 *     smaller in size than 2⁻²³, the distance of float32 numbers at 1. In round 0 they are the
 *     natural sparsity of the dense network (Caron et al. 2020, figure 6)
 */
public record Cut(Score score, Size size, long zeros) {
  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public Cut {
    if (zeros < 0) {
      throw new IllegalArgumentException("expected at least 0 zero weights, got " + zeros);
    }
  }
}
