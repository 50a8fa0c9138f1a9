package dev.espalier.domain.study;

import java.util.Locale;

/**
 * The networks that can be trained. Their layers are named as PyTorch names them; {@code compute}
 * describes each.
 */
public enum Network {
  /**
   * A residual network of one block a stage, 16/32/64 channels: the CIFAR form of He et al. 2016
   * with n = 1 (6n + 2 layers).
   */
  RESNET8,
  /**
   * A residual network of three blocks a stage, 16/32/64 channels: the CIFAR form of He et al. 2016
   * with n = 3.
   */
  RESNET20;

  /** The name in study files, messages and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
