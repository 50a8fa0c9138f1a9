package dev.espalier.compute.onednn;

/** A linear map of a few vectors to a few others, lane by lane, repeated over memory. */
@FunctionalInterface
interface LineMap {
  /**
   * Maps what lies at the addresses {@code from} to the addresses {@code to}, and again at each
   * further place of the walk.
   */
  void apply(long[] from, long[] to, Walk walk);
}
