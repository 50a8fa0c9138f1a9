package dev.espalier.compute.train;

import dev.espalier.compute.plan.Update;
import dev.espalier.compute.prune.FlatMask;

/**
 * A mask that stays as it is.
 *
 * @param apparatus what is trained under it
 */
record Settled(Apparatus apparatus) implements Thinning {
  @Override
  public FlatMask mask() {
    return apparatus.mask();
  }

  @Override
  public double step(Update update) {
    return apparatus.plan().step(update);
  }
}
