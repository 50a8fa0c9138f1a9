package dev.espalier.domain.task;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.MaskSummary;

/** What a completed task found. */
public sealed interface Result {
  /** How well the network that was trained does on the test images. */
  Score score();

  /**
   * What a prune task found.
   *
   * @param score the trained network under the mask it was trained with, on its own objective
   * @param mask the mask that the round selected
   * @param trained the artifact with the trained weights W*, under the mask they were trained with
   * @param rewind the artifact with W_k
   */
  record Pruned(Score score, MaskSummary mask, Digest trained, Digest rewind) implements Result {}

  /**
   * What an evaluate task found.
   *
   * @param score the judged network, on labels
   * @param kept prunable weights that the judged mask keeps
   * @param total prunable weights of the network
   */
  record Evaluated(Score score, long kept, long total) implements Result {}
}
