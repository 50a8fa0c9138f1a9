package dev.espalier.compute.random;

/**
 * An endless stream of random draws, named by a seed, a purpose and coordinates: the same name
 * gives the same stream on every machine and JDK.
 *
 * <p>Each draw is SplitMix64's (Steele, Lea, Flood 2014): a counter that steps by the golden gamma,
 * mixed by two rounds of multiply and shift. The name is folded into the first counter by the same
 * mixer.
 */
public final class Draws {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final int MANTISSA = 53;

  private long counter;

  private Draws(long counter) {
    this.counter = counter;
  }

  /**
   * The stream of this name.
   *
   * @param seed where all randomness of a task comes from
   * @param purpose what is drawn; streams of different purposes have nothing in common
   * @param coordinates which one of the purpose's streams, such as an epoch and an image's index
   */
  public static Draws of(long seed, String purpose, long... coordinates) {
    long name = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < purpose.length(); i++) {
      name = mix(name ^ purpose.charAt(i)) + GOLDEN_GAMMA;
    }
    for (long coordinate : coordinates) {
      name = mix(name ^ mix(coordinate + GOLDEN_GAMMA)) + GOLDEN_GAMMA;
    }
    return new Draws(name);
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** 64 random bits. */
  public long bits() {
    counter += GOLDEN_GAMMA;
    return mix(counter);
  }

  /** A number from 0, included, to 1, excluded, in steps of 2⁻⁵³. */
  public double unit() {
    return (bits() >>> (Long.SIZE - MANTISSA)) * 0x1p-53;
  }

  /** A number from {@code low}, included, to {@code high}, excluded. */
  public double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /**
   * A whole number from 0 to {@code bound} − 1: the high word of a 64-bit product, whose bias is
   * below {@code bound} · 2⁻⁶⁴.
   *
   * @throws IllegalArgumentException unless {@code bound} is at least 1
   */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("expected a bound of at least 1, got " + bound);
    }
    return (int) Math.unsignedMultiplyHigh(bits(), bound);
  }

  /**
   * A number from the normal distribution of mean 0 and variance 1 (Box and Muller 1958, the cosine
   * of each pair), by {@link StrictMath} so that every JDK agrees.
   */
  public double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** The numbers 0 to {@code count} − 1 in random order (Fisher and Yates). */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
