package dev.espalier.domain.study;

import java.util.Arrays;
import java.util.Locale;

/**
 * The networks that a study can name. Their layers are named as PyTorch names them; {@code compute}
 * describes each.
 */
public enum KnownNetwork implements Network {
  /**
   * A residual network of one block a stage, 16/32/64 channels: the CIFAR form of He et al. 2016
   * with n = 1 (6n + 2 layers).
   */
  RESNET8,
  /** The same with n = 3. */
  RESNET20;

  /**
   * The network of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static KnownNetwork named(String name) {
    return Arrays.stream(values())
        .filter(network -> network.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of " + Arrays.toString(values()) + ", got \"" + name + "\""));
  }

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
