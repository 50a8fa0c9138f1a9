package dev.espalier.fleet.view;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.Overlap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far two masks of one network agree, beside what two random ones would.
 *
 * @param left one
 * @param right the other
 * @param all of all prunable weights together
 * @param chanceByTensor the intersection over union that chance gives where it keeps as many
 *     weights of each tensor as the masks do, 0 to 1
 * @param tensors of each prunable tensor, sorted by name
 */
public record MaskComparison(
    Digest left, Digest right, OverlapLine all, double chanceByTensor, List<OverlapLine> tensors) {
  private static final String ALL = "all";

  /**
   * How far they agree in some weights.
   *
   * @param name the tensor's name; {@code all} for the whole network
   * @param both weights that both keep
   * @param left weights that the left one keeps
   * @param right weights that the right one keeps
   * @param total weights that there are
   * @param iou intersection over union, 0 to 1; 0 where neither keeps anything, so that nothing
   *     looks like agreement
   * @param chance the same of two random masks of the same densities
   * @param agreement the part of the weights that both treat alike, kept or removed, 0 to 1
   * @param chanceAgreement the same of two random masks of the same densities
   */
  public record OverlapLine(
      String name,
      long both,
      long left,
      long right,
      long total,
      double iou,
      double chance,
      double agreement,
      double chanceAgreement) {
    private static OverlapLine of(String name, Overlap overlap) {
      boolean any = overlap.either() > 0;
      return new OverlapLine(
          name,
          overlap.both(),
          overlap.first(),
          overlap.second(),
          overlap.total(),
          any ? overlap.iou() : 0,
          any ? overlap.chanceIou() : 0,
          overlap.agreement(),
          overlap.chanceAgreement());
    }
  }

  /** Copies the list. */
  public MaskComparison {
    tensors = List.copyOf(tensors);
  }

  /**
   * How far {@code left} and {@code right} agree.
   *
   * @throws IllegalArgumentException when they are of different networks
   */
  public static MaskComparison of(Mask left, Mask right) {
    List<Overlap> overlaps = left.overlaps(right);
    return new MaskComparison(
        left.digest(),
        right.digest(),
        OverlapLine.of(ALL, left.overlap(right)),
        Overlap.chanceByTensor(overlaps),
        IntStream.range(0, overlaps.size())
            .mapToObj(i -> OverlapLine.of(left.tensors().get(i).name(), overlaps.get(i)))
            .toList());
  }
}
