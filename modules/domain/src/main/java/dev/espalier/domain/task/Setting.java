package dev.espalier.domain.task;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.study.Training;

/**
 * What every task of a seed has in common.
 *
 * @param data the images, pinned to a digest
 * @param network what is trained
 * @param seed where all randomness of the task comes from
 * @param training how it is trained
 * @param precision the number format of a step
 */
public record Setting(
    DataSpec data, Network network, long seed, Training training, Precision precision) {
  /**
   * Checks that the data are pinned.
   *
   * @throws IllegalArgumentException when {@code data} has no digest
   */
  public Setting {
    if (data.digest().isEmpty()) {
      throw new IllegalArgumentException(
          "expected data pinned to a digest, got " + data.name() + " without one");
    }
  }
}
