package dev.espalier.domain.verdict;

import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Arm;

/** A number that a study gives once a seed, so that seeds are compared with themselves. */
public sealed interface Quantity {
  /** Which densities it is about, in words. */
  String where();

  /**
   * How much more accurate one arm is than another.
   *
   * @param first one
   * @param second the other
   * @param span over whose densities the mean is taken
   */
  record Lead(Arm first, Arm second, Span span) implements Quantity {
    @Override
    public String where() {
      return span.toString();
    }
  }

  /**
   * How much larger the lead of one arm over another is at severe densities than at moderate ones.
   *
   * @param first one
   * @param second the other
   */
  record Growth(Arm first, Arm second) implements Quantity {
    @Override
    public String where() {
      return Span.SEVERE + " against " + Span.MODERATE;
    }
  }

  /**
   * How much larger the lead of one arm over another is after the last cut of all layers than after
   * the last cut of a variant that prunes only some.
   *
   * @param first one
   * @param second the other
   * @param variant the variant
   */
  record Deepening(Arm first, Arm second, String variant) implements Quantity {
    @Override
    public String where() {
      return "the last cut, of all layers against " + variant;
    }
  }

  /**
   * How much more accurate an arm is pruned than dense.
   *
   * @param arm which
   * @param span over whose densities the mean is taken
   */
  record Gain(Arm arm, Span span) implements Quantity {
    @Override
    public String where() {
      return span + " against 100 %";
    }
  }

  /**
   * The fraction of weights that training itself drives to zero in the dense network.
   *
   * @param objective what it is trained on
   */
  record Zeros(Objective objective) implements Quantity {
    @Override
    public String where() {
      return "the dense network";
    }
  }
}
