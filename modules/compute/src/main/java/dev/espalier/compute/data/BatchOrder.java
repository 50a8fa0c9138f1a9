package dev.espalier.compute.data;

import dev.espalier.compute.random.Draws;

/**
 * Which training images make up which step: each epoch a new random order, cut into batches; what
 * is left over at its end waits for another epoch. A function of (seed, epoch).
 */
public final class BatchOrder {
  private final long seed;
  private final int images;
  private final int batch;

  /**
   * The order of {@code images} images in batches of {@code batch}.
   *
   * @throws IllegalArgumentException unless there is at least one whole batch
   */
  public BatchOrder(long seed, int images, int batch) {
    if (batch < 1 || batch > images) {
      throw new IllegalArgumentException("expected a batch of 1 to " + images + ", got " + batch);
    }
    this.seed = seed;
    this.images = images;
    this.batch = batch;
  }

  /** Whole batches of an epoch: floor(images ÷ batch). */
  public int stepsPerEpoch() {
    return images / batch;
  }

  /**
   * The images of an epoch in the order in which they are taken: step s of the epoch has those at s
   * · batch to (s + 1) · batch − 1.
   */
  public int[] of(int epoch) {
    return Draws.of(seed, "order", epoch).permutation(images);
  }
}
