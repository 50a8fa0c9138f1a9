package dev.espalier.compute.feed;

/** Fills batches by their number: the same number gives the same batch. Used by one thread. */
@FunctionalInterface
public interface Source {
  /**
   * Writes batch {@code number}, from 0, into {@code batch}, which is empty.
   *
   * @throws RuntimeException when that cannot be done; whoever waits for the batch gets it
   */
  void fill(long number, Batch batch);
}
