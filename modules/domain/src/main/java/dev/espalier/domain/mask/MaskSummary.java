package dev.espalier.domain.mask;

import dev.espalier.domain.Digest;
import java.util.List;
import java.util.Optional;

/**
 * A mask's name and counts, without its bits.
 *
 * @param digest the mask's name
 * @param parent the mask it was cut from; absent when that was the dense network
 * @param tensors what it keeps of each prunable tensor, sorted by name
 */
public record MaskSummary(Digest digest, Optional<Digest> parent, List<Kept> tensors) {
  /** Copies the list. */
  public MaskSummary {
    tensors = List.copyOf(tensors);
  }

  /** Prunable weights kept. */
  public long kept() {
    return tensors.stream().mapToLong(Kept::kept).sum();
  }

  /** Prunable weights. */
  public long total() {
    return tensors.stream().mapToLong(Kept::total).sum();
  }

  /** The fraction kept of the prunable weights, 0 to 1. */
  public double density() {
    return (double) kept() / total();
  }
}
