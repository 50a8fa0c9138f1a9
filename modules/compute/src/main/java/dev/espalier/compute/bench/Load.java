package dev.espalier.compute.bench;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Precision;

/**
 * What a machine is measured with.
 *
 * @param network the network
 * @param size rows, and columns, of its colour pictures, at least 1
 * @param batch images a step, at least 1
 * @param threads threads that a step uses, at least 1
 * @param precision the number format of a step
 */
public record Load(Network network, int size, int batch, int threads, Precision precision) {
  private static final int COLOURS = 3;
  private static final int CLASSES = 10;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is below 1
   */
  public Load {
    if (size < 1 || batch < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "expected pictures of at least 1x1, a batch of at least 1 image and at least 1 thread,"
              + " got %d, %d and %d".formatted(size, batch, threads));
    }
  }

  /**
   * The network for such pictures, of ten classes.
   *
   * @throws IllegalArgumentException when the pictures are too small for it
   */
  public Architecture architecture() {
    return Architectures.of(network, new Volume(COLOURS, size), CLASSES);
  }
}
