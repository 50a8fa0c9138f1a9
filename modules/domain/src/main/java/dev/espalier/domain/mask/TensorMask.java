package dev.espalier.domain.mask;

import java.util.Arrays;
import java.util.List;

/**
 * Which weights of one tensor stay: one bit each, in C order, the first in the most significant bit
 * of the first byte (NumPy's {@code packbits}); spare bits are 0.
 */
public final class TensorMask {
  private final String name;
  private final List<Integer> shape;
  private final int length;
  private final byte[] bits;

  private TensorMask(String name, List<Integer> shape, byte[] bits) {
    this.name = name;
    this.shape = List.copyOf(shape);
    this.length = this.shape.stream().reduce(1, Math::multiplyExact);
    this.bits = bits;
    check();
  }

  private void check() {
    if (length < 1 || shape.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "expected sizes of at least 1 in the shape of " + name + ", got " + shape);
    }
    if (bits.length != bytesFor(length)) {
      throw new IllegalArgumentException(
          "expected "
              + bytesFor(length)
              + " bytes of mask for "
              + name
              + " of shape "
              + shape
              + ", got "
              + bits.length);
    }
    int spare = bits.length * Byte.SIZE - length;
    if ((bits[bits.length - 1] & ((1 << spare) - 1)) != 0) {
      throw new IllegalArgumentException(
          "expected the " + spare + " spare bits of the mask of " + name + " to be 0");
    }
  }

  /**
   * A mask from packed bits, which are copied.
   *
   * @throws IllegalArgumentException when shape and bits do not agree or a spare bit is set
   */
  public static TensorMask copyOf(String name, List<Integer> shape, byte[] bits) {
    return new TensorMask(name, shape, bits.clone());
  }

  /**
   * A mask that keeps weight {@code i} when {@code kept[i]}; {@code kept} has one value a weight,
   * in C order.
   */
  public static TensorMask of(String name, List<Integer> shape, boolean[] kept) {
    byte[] bits = new byte[bytesFor(kept.length)];
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        bits[i >> 3] |= (byte) (0x80 >>> (i & 7));
      }
    }
    return new TensorMask(name, shape, bits);
  }

  private static int bytesFor(int length) {
    return (length + Byte.SIZE - 1) / Byte.SIZE;
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
    return (bits[index >> 3] & (0x80 >>> (index & 7))) != 0;
  }

  /** A copy of the packed bits. */
  public byte[] bits() {
    return bits.clone();
  }

  /** The counts. */
  public Kept kept() {
    int kept = 0;
    for (byte b : bits) {
      kept += Integer.bitCount(b & 0xFF);
    }
    return new Kept(name, kept, length);
  }

  /** Whether every weight that this keeps, {@code other} keeps too. */
  public boolean isWithin(TensorMask other) {
    boolean within = name.equals(other.name) && shape.equals(other.shape);
    for (int i = 0; within && i < bits.length; i++) {
      within = (bits[i] & ~other.bits[i]) == 0;
    }
    return within;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof TensorMask other
        && name.equals(other.name)
        && shape.equals(other.shape)
        && Arrays.equals(bits, other.bits);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    Kept kept = kept();
    return name + shape + " keeps " + kept.kept() + " of " + kept.total();
  }
}
