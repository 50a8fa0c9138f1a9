package dev.espalier.fleet.gateway;

import dev.espalier.domain.mask.Mask;
import java.util.Locale;

/** How two masks of one network make a third. */
enum MaskOperation {
  /** What both keep. */
  AND,
  /** What either keeps. */
  OR,
  /** What exactly one of the two keeps. */
  XOR,
  /** What the left one keeps and the right one does not. */
  DIFF;

  /**
   * What it makes of {@code left} and {@code right}.
   *
   * @throws IllegalArgumentException when they are of different networks
   */
  Mask of(Mask left, Mask right) {
    return switch (this) {
      case AND -> left.and(right);
      case OR -> left.or(right);
      case XOR -> left.xor(right);
      case DIFF -> left.and(right.not());
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
