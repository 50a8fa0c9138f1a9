package dev.espalier.compute.plan;

/**
 * What a training step draws at random: the same for every provider, thread count and number
 * format. Each draw is SplitMix64's (Steele, Lea, Flood 2014) of the seed, the layer and the place.
 */
public final class Noise {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final int FLOAT_DIGITS = 24;

  private final long layer;
  private long stream;

  /** The noise of one layer, at seed 0. */
  public Noise(int layer) {
    this.layer = layer + 1L;
    seed(0);
  }

  /** Goes over to another step's noise. */
  public void seed(long seed) {
    stream = mix(mix(seed + GOLDEN_GAMMA) ^ (layer * GOLDEN_GAMMA));
  }

  /**
   * Draws for one place of a batch.
   *
   * @param place its number in the order batch, row, column, channel
   * @return from 0, included, to 1, excluded, in steps of 2⁻²⁴
   */
  public float at(long place) {
    return (mix(stream + (place + 1) * GOLDEN_GAMMA) >>> (Long.SIZE - FLOAT_DIGITS)) * 0x1p-24f;
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
