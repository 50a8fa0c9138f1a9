package dev.espalier.compute.feed;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.data.Dataset;
import dev.espalier.domain.study.Augmentation;

/**
 * How images become inputs.
 *
 * @param data the images
 * @param augmentation how they are varied and normalised
 * @param seed where all randomness comes from
 * @param threads how many make them ready, at least 1
 */
public record Reading(Dataset data, Augmentation augmentation, long seed, int threads) {
  /**
   * Checks the threads.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Reading {
    if (threads < 1) {
      throw new IllegalArgumentException("expected at least 1 input thread, got " + threads);
    }
  }

  /** What turns them into inputs, for one thread. */
  public Augmenter augmenter() {
    return new Augmenter(data, augmentation, seed);
  }
}
