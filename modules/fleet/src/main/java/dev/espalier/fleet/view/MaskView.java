package dev.espalier.fleet.view;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Kept;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.MaskSummary;
import dev.espalier.domain.mask.TensorMask;
import java.util.List;
import java.util.Optional;

/**
 * All about a mask but its bits.
 *
 * @param digest its name
 * @param parent the mask that it was cut from; absent when that was the dense network
 * @param kept prunable weights kept
 * @param total prunable weights
 * @param density the fraction kept, 0 to 1
 * @param bytes how many canonical bytes it has; absent where its bits are not to be had any more
 * @param tensors the prunable tensors, sorted by name
 * @param found the studies that found it, and what for: the first few
 */
public record MaskView(
    Digest digest,
    Optional<Digest> parent,
    long kept,
    long total,
    double density,
    Optional<Integer> bytes,
    List<TensorLine> tensors,
    List<MaskLine> found) {
  /**
   * What a mask keeps of a tensor.
   *
   * @param name the parameter's name as PyTorch has it
   * @param shape (out, in, kh, kw) of a convolution, (out, in) of a dense layer; absent where the
   *     bits are not to be had any more
   * @param kept weights kept
   * @param total weights
   * @param density the fraction kept, 0 to 1
   */
  public record TensorLine(
      String name, Optional<List<Integer>> shape, long kept, long total, double density) {
    private static TensorLine of(Kept kept, Optional<Mask> bits) {
      Optional<List<Integer>> shape =
          bits.flatMap(mask -> mask.tensor(kept.tensor())).map(TensorMask::shape);
      return new TensorLine(kept.tensor(), shape, kept.kept(), kept.total(), kept.density());
    }
  }

  /** Copies the lists. */
  public MaskView {
    tensors = List.copyOf(tensors);
    found = List.copyOf(found);
  }

  /** The mask of {@code summary}. */
  public static MaskView of(MaskSummary summary, Optional<Mask> bits, List<MaskLine> found) {
    return new MaskView(
        summary.digest(),
        summary.parent(),
        summary.kept(),
        summary.total(),
        summary.density(),
        bits.map(mask -> mask.canonicalBytes().length),
        summary.tensors().stream().map(kept -> TensorLine.of(kept, bits)).toList(),
        found);
  }
}
