package dev.espalier.domain.mask;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * Which weights of one tensor stay: one bit each, in C order, the first in the most significant bit
 * (NumPy's {@code packbits}); spare bits are 0. Held in words of 64 weights, so that masks are
 * combined and counted 64 weights at a time.
 */
public final class TensorMask {
  /** Weights in a word. */
  public static final int WORD = Long.SIZE;

  private final String name;
  private final List<Integer> shape;
  private final int length;
  private final long[] words;

  private TensorMask(String name, List<Integer> shape, long[] words) {
    this.name = name;
    this.shape = shape;
    this.length = lengthOf(shape);
    this.words = words;
  }

  private static int lengthOf(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * A mask from packed bits, which are copied.
   *
   * @throws IllegalArgumentException when shape and bits do not agree or a spare bit is set
   */
  public static TensorMask copyOf(String name, List<Integer> shape, byte[] bits) {
    List<Integer> sizes = checked(name, shape);
    int bytes = Math.ceilDiv(lengthOf(sizes), Byte.SIZE);
    if (bits.length != bytes) {
      throw new IllegalArgumentException(
          "expected "
              + bytes
              + " bytes of mask for "
              + name
              + " of shape "
              + sizes
              + ", got "
              + bits.length);
    }
    long[] words = new long[wordsFor(lengthOf(sizes))];
    ByteBuffer whole = ByteBuffer.allocate(words.length * Long.BYTES).put(bits).rewind();
    whole.asLongBuffer().get(words);
    int spare = bytes * Byte.SIZE - lengthOf(sizes);
    if ((bits[bytes - 1] & ((1 << spare) - 1)) != 0) {
      throw new IllegalArgumentException(
          "expected the " + spare + " spare bits of the mask of " + name + " to be 0");
    }
    return new TensorMask(name, sizes, words);
  }

  /**
   * A mask from words, which it keeps: nobody may write them any more.
   *
   * @param words {@link #wordsFor} as many weights as the tensor has, the first weight in the most
   *     significant bit of the first word
   * @throws IllegalArgumentException when shape and words do not agree or a spare bit is set
   */
  public static TensorMask takeOwnershipOf(String name, List<Integer> shape, long[] words) {
    List<Integer> sizes = checked(name, shape);
    int length = lengthOf(sizes);
    if (words.length != wordsFor(length) || (words[words.length - 1] & ~lastBits(length)) != 0) {
      throw new IllegalArgumentException(
          "expected %d words of mask for %s of shape %s, spare bits 0, got %d"
              .formatted(wordsFor(length), name, sizes, words.length));
    }
    return new TensorMask(name, sizes, words);
  }

  /**
   * A mask that keeps weight {@code i} when {@code kept[i]}; {@code kept} has one value a weight,
   * in C order.
   */
  public static TensorMask of(String name, List<Integer> shape, boolean[] kept) {
    long[] words = new long[wordsFor(kept.length)];
    for (int i = 0; i < kept.length; i++) {
      words[i / WORD] |= kept[i] ? bit(i) : 0;
    }
    return takeOwnershipOf(name, shape, words);
  }

  /** A mask that keeps every weight. */
  public static TensorMask dense(String name, List<Integer> shape) {
    int length = lengthOf(checked(name, shape));
    long[] words = new long[wordsFor(length)];
    Arrays.fill(words, -1);
    words[words.length - 1] = lastBits(length);
    return takeOwnershipOf(name, shape, words);
  }

  private static List<Integer> checked(String name, List<Integer> shape) {
    if (shape.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "expected sizes of at least 1 in the shape of " + name + ", got " + shape);
    }
    return List.copyOf(shape);
  }

  /** The number of words that the mask of {@code length} weights takes. */
  public static int wordsFor(int length) {
    return Math.ceilDiv(length, WORD);
  }

  /** The bits of the last word that belong to one of {@code length} weights. */
  private static long lastBits(int length) {
    return -1L << Math.floorMod(-length, WORD);
  }

  private static long bit(int index) {
    return Long.MIN_VALUE >>> index; // Java shifts by index mod 64
  }

  /** The parameter's name as PyTorch has it. */
  public String name() {
    return name;
  }

  /** The parameter's shape: (out, in, kh, kw) of a convolution, (out, in) of a dense layer. */
  public List<Integer> shape() {
    return shape;
  }

  /** The number of weights. */
  public int length() {
    return length;
  }

  /** Whether weight {@code index}, in C order, stays. */
  public boolean keeps(int index) {
    return (words[index / WORD] & bit(index)) != 0;
  }

  /** A copy of the packed bits. */
  public byte[] bits() {
    ByteBuffer whole = ByteBuffer.allocate(words.length * Long.BYTES);
    whole.asLongBuffer().put(words);
    return Arrays.copyOf(whole.array(), Math.ceilDiv(length, Byte.SIZE));
  }

  /** A copy of the words, the first weight in the most significant bit of the first. */
  public long[] words() {
    return words.clone();
  }

  /** The word {@code index} of {@link #words}. */
  public long word(int index) {
    return words[index];
  }

  /** The counts. */
  public Kept kept() {
    return new Kept(name, count(), length);
  }

  /** How many weights stay. */
  public long count() {
    long count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /**
   * What both keep.
   *
   * @throws IllegalArgumentException when the other is of another tensor
   */
  public TensorMask and(TensorMask other) {
    return with(other, (one, two) -> one & two);
  }

  /**
   * What either keeps.
   *
   * @throws IllegalArgumentException when the other is of another tensor
   */
  public TensorMask or(TensorMask other) {
    return with(other, (one, two) -> one | two);
  }

  /**
   * What exactly one of the two keeps.
   *
   * @throws IllegalArgumentException when the other is of another tensor
   */
  public TensorMask xor(TensorMask other) {
    return with(other, (one, two) -> one ^ two);
  }

  /** What this one removes. */
  public TensorMask not() {
    return with(dense(name, shape), (one, all) -> ~one & all);
  }

  private TensorMask with(TensorMask other, LongBinaryOperator rule) {
    requireSameTensor(other);
    long[] result = new long[words.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = rule.applyAsLong(words[i], other.words[i]);
    }
    return new TensorMask(name, shape, result);
  }

  /**
   * How the two agree.
   *
   * @throws IllegalArgumentException when the other is of another tensor
   */
  public Overlap overlap(TensorMask other) {
    requireSameTensor(other);
    long both = 0;
    long one = 0;
    long two = 0;
    for (int i = 0; i < words.length; i++) {
      both += Long.bitCount(words[i] & other.words[i]);
      one += Long.bitCount(words[i]);
      two += Long.bitCount(other.words[i]);
    }
    return new Overlap(both, one, two, length);
  }

  private void requireSameTensor(TensorMask other) {
    if (!isOfSameTensor(other)) {
      throw new IllegalArgumentException(
          "expected another mask of %s of shape %s, got one of %s of shape %s"
              .formatted(name, shape, other.name, other.shape));
    }
  }

  private boolean isOfSameTensor(TensorMask other) {
    return name.equals(other.name) && shape.equals(other.shape);
  }

  /** Whether every weight that this keeps, {@code other} keeps too. */
  public boolean isWithin(TensorMask other) {
    boolean within = isOfSameTensor(other);
    for (int i = 0; within && i < words.length; i++) {
      within = (words[i] & ~other.words[i]) == 0;
    }
    return within;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof TensorMask other
        && isOfSameTensor(other)
        && Arrays.equals(words, other.words);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    Kept kept = kept();
    return name + shape + " keeps " + kept.kept() + " of " + kept.total();
  }
}
