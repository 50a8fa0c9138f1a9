package dev.espalier.compute.bench;

import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Precision;

/**
 * What a machine is measured with.
 *
 * @param network the network
 * @param batch images a step, at least 1
 * @param threads threads that a step uses, at least 1
 * @param precision the number format of a step
 */
public record Load(Network network, int batch, int threads, Precision precision) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is below 1
   */
  public Load {
    if (batch < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "expected a batch of at least 1 image and at least 1 thread, got %d and %d"
              .formatted(batch, threads));
    }
  }
}
