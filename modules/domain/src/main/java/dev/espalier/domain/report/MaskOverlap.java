package dev.espalier.domain.report;

import java.util.List;

/**
 * How far masks of one level agree: those that two arms found from the same seeds, or those that
 * one arm found from different seeds.
 *
 * @param pair whose masks were compared
 * @param level how many times weights were removed, at least 1
 * @param density the mean density of the masks, 0 to 1
 * @param all of all prunable weights together
 * @param tensors of each prunable tensor, sorted by name
 */
public record MaskOverlap(
    Pair pair, int level, double density, Agreement all, List<Agreement> tensors) {
  /** Copies the list. */
  public MaskOverlap {
    tensors = List.copyOf(tensors);
  }

  /**
   * Intersections over unions of some masks, two by two, beside what chance gives.
   *
   * @param name the tensor's name; {@code all} for the whole network
   * @param iou intersection over union, 0 to 1, and 0 where neither mask keeps anything: its spread
   *     over the pairs of masks. Pairs that share a mask are not independent, so the error of one
   *     arm's seeds is only indicative
   * @param chance the mean of what two random masks of the same densities give, 0 to 1
   * @param chanceByTensor the same for random masks that keep as many weights of each tensor as
   *     these do, 0 to 1; of one tensor it is {@code chance}
   */
  public record Agreement(String name, Spread iou, double chance, double chanceByTensor) {
    /** How many times as much as chance gives, at least 0; 1 where chance gives nothing. */
    public double timesChance() {
      return chance == 0 ? 1 : iou.mean() / chance;
    }
  }
}
