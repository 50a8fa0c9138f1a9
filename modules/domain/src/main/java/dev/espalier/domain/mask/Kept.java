package dev.espalier.domain.mask;

/**
 * What a mask keeps of one tensor.
 *
 * @param tensor the parameter's name as PyTorch has it
 * @param kept weights kept, 0 to {@code total}
 * @param total weights of the tensor, at least 1
 */
public record Kept(String tensor, long kept, long total) {
  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when they cannot be
   */
  public Kept {
    if (kept < 0 || total < 1 || kept > total) {
      throw new IllegalArgumentException(
          "expected 0 to total kept weights of " + tensor + ", got " + kept + " of " + total);
    }
  }

  /** The fraction kept, 0 to 1. */
  public double density() {
    return (double) kept / total;
  }
}
