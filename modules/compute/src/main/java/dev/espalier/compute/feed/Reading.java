package dev.espalier.compute.feed;

import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.random.Draws;
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

  /**
   * The same images in another order and varied otherwise: of {@code number} 0 this one, of others
   * readings whose randomness has nothing in common. What is drawn from a task's own seed, such as
   * weights, stays as it is.
   */
  public Reading sibling(int number) {
    return number == 0
        ? this
        : new Reading(data, augmentation, Draws.of(seed, "sibling", number).bits(), threads);
  }

  /** What turns them into inputs, for one thread. */
  public Augmenter augmenter() {
    return new Augmenter(data, augmentation, seed);
  }
}
