package dev.espalier.compute.data;

import dev.espalier.compute.random.Draws;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which training images make up which step: each epoch a new random order, cut into batches; what
 * is left over at its end waits for another epoch. A function of (seed, epoch).
 */
public final class BatchOrder {
  private final long seed;
  private final Optional<Subset> subset;
  private final int images;
  private final int batch;

  /**
   * The order of {@code images} images in batches of {@code batch}.
   *
   * @throws IllegalArgumentException unless there is at least one whole batch
   */
  public BatchOrder(long seed, int images, int batch) {
    this(seed, Optional.empty(), images, batch);
  }

  /**
   * The order of the images of {@code subset}, of which alone an epoch consists, in batches of
   * {@code batch}. It shares no draws with that of all images.
   *
   * @throws IllegalArgumentException unless there is at least one whole batch
   */
  public BatchOrder(long seed, Subset subset, int batch) {
    this(seed, Optional.of(subset), subset.count(), batch);
  }

  private BatchOrder(long seed, Optional<Subset> subset, int images, int batch) {
    if (batch < 1 || batch > images) {
      throw new IllegalArgumentException("expected a batch of 1 to " + images + ", got " + batch);
    }
    this.seed = seed;
    this.subset = subset;
    this.images = images;
    this.batch = batch;
  }

  /** Whole batches of an epoch: floor(images ÷ batch). */
  public int stepsPerEpoch() {
    return images / batch;
  }

  /**
   * The images of an epoch, numbered as in the whole data set, in the order in which they are
   * taken: step s of the epoch has those at s · batch to (s + 1) · batch − 1.
   */
  public int[] of(int epoch) {
    if (subset.isEmpty()) {
      return Draws.of(seed, "order", epoch).permutation(images);
    }
    int[] places = Draws.of(seed, "order of labelled images", epoch).permutation(images);
    return Arrays.stream(places).map(subset.get()::index).toArray();
  }
}
