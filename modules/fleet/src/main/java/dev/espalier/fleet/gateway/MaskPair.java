package dev.espalier.fleet.gateway;

import dev.espalier.domain.mask.Mask;
import java.util.function.BiFunction;

/** The two masks that a query names {@code left} and {@code right}. */
record MaskPair(Mask left, Mask right) {
  /** The masks that {@code query} names among {@code found}. */
  static MaskPair of(Query query, Found found) {
    String left = query.required("left");
    String right = query.required("right");
    return new MaskPair(found.bits(found.mask(left)), found.bits(found.mask(right)));
  }

  /**
   * What {@code rule} makes of them.
   *
   * @throws RefusedException when they are of different networks
   */
  <T> T to(BiFunction<Mask, Mask, T> rule) {
    try {
      return rule.apply(left, right);
    } catch (IllegalArgumentException e) {
      String detail =
          "expected masks of one network, got left %s and right %s: %s"
              .formatted(left.digest(), right.digest(), e.getMessage());
      throw new Problem(ProblemType.DIFFERENT_NETWORKS, detail).refusal();
    }
  }
}
