package dev.espalier.wire.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A named array: its elements little-endian in C order, as the format stores them. Immutable;
 * arrays are copied in and out.
 */
public final class Tensor {
  static final int LONGEST_NAME = 1024;

  private final String name;
  private final DType dtype;
  private final List<Integer> shape;
  private final byte[] data;

  private Tensor(String name, DType dtype, List<Integer> shape, byte[] data) {
    this.name = name;
    this.dtype = dtype;
    this.shape = List.copyOf(shape);
    this.data = data;
    check();
  }

  private void check() {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.equals(Header.METADATA)) {
      throw new IllegalArgumentException(
          "expected a tensor name of 1 to " + LONGEST_NAME + " characters, got \"" + name + "\"");
    }
    if (span(name, dtype, shape) != data.length) {
      throw new IllegalArgumentException(
          "expected "
              + span(name, dtype, shape) / dtype.size()
              + " values for "
              + name
              + " of shape "
              + shape
              + ", got "
              + data.length / dtype.size());
    }
  }

  /**
   * The bytes that a tensor of this type and shape takes.
   *
   * @throws IllegalArgumentException when a size is negative or the product overflows
   */
  static long span(String name, DType dtype, List<Integer> shape) {
    long bytes = dtype.size();
    try {
      for (int size : shape) {
        if (size < 0) {
          throw new IllegalArgumentException(
              "expected sizes of at least 0 in the shape of " + name + ", got " + shape);
        }
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the shape " + shape + " of " + name + " overflows", e);
    }
    return bytes;
  }

  /**
   * An {@link DType#F32} tensor.
   *
   * @param values in C order; copied
   * @throws IllegalArgumentException when their number is not that of the shape
   */
  public static Tensor ofFloats(String name, List<Integer> shape, float[] values) {
    byte[] data = new byte[Math.multiplyExact(values.length, DType.F32.size())];
    littleEndian(data).asFloatBuffer().put(values);
    return new Tensor(name, DType.F32, shape, data);
  }

  /**
   * An {@link DType#F64} tensor.
   *
   * @param values in C order; copied
   * @throws IllegalArgumentException when their number is not that of the shape
   */
  public static Tensor ofDoubles(String name, List<Integer> shape, double[] values) {
    byte[] data = new byte[Math.multiplyExact(values.length, DType.F64.size())];
    littleEndian(data).asDoubleBuffer().put(values);
    return new Tensor(name, DType.F64, shape, data);
  }

  /**
   * An {@link DType#I64} tensor.
   *
   * @param values in C order; copied
   * @throws IllegalArgumentException when their number is not that of the shape
   */
  public static Tensor ofLongs(String name, List<Integer> shape, long[] values) {
    byte[] data = new byte[Math.multiplyExact(values.length, DType.I64.size())];
    littleEndian(data).asLongBuffer().put(values);
    return new Tensor(name, DType.I64, shape, data);
  }

  /**
   * An {@link DType#U8} tensor.
   *
   * @param values in C order; copied
   * @throws IllegalArgumentException when their number is not that of the shape
   */
  public static Tensor ofBytes(String name, List<Integer> shape, byte[] values) {
    return new Tensor(name, DType.U8, shape, values.clone());
  }

  static Tensor takeOwnershipOf(String name, DType dtype, List<Integer> shape, byte[] data) {
    return new Tensor(name, dtype, shape, data);
  }

  private static ByteBuffer littleEndian(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The name, 1 to 1024 characters; of a parameter, as PyTorch has it. */
  public String name() {
    return name;
  }

  /** The type of the elements. */
  public DType dtype() {
    return dtype;
  }

  /** The sizes, each at least 0; empty for a scalar. */
  public List<Integer> shape() {
    return shape;
  }

  /**
   * A copy of the elements, in C order.
   *
   * @throws IllegalArgumentException unless they are {@link DType#F32}
   */
  public float[] floats() {
    float[] values = new float[count(DType.F32)];
    littleEndian(data).asFloatBuffer().get(values);
    return values;
  }

  /**
   * A copy of the elements, in C order.
   *
   * @throws IllegalArgumentException unless they are {@link DType#F64}
   */
  public double[] doubles() {
    double[] values = new double[count(DType.F64)];
    littleEndian(data).asDoubleBuffer().get(values);
    return values;
  }

  /**
   * A copy of the elements, in C order.
   *
   * @throws IllegalArgumentException unless they are {@link DType#I64}
   */
  public long[] longs() {
    long[] values = new long[count(DType.I64)];
    littleEndian(data).asLongBuffer().get(values);
    return values;
  }

  /**
   * A copy of the elements, in C order.
   *
   * @throws IllegalArgumentException unless they are {@link DType#U8}
   */
  public byte[] bytes() {
    return Arrays.copyOf(data, count(DType.U8));
  }

  private int count(DType wanted) {
    if (dtype != wanted) {
      throw new IllegalArgumentException(
          "expected " + wanted + " values in " + name + ", got " + dtype);
    }
    return data.length / dtype.size();
  }

  int span() {
    return data.length;
  }

  void writeTo(ByteBuffer out) {
    out.put(data);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Tensor other
        && name.equals(other.name)
        && dtype == other.dtype
        && shape.equals(other.shape)
        && Arrays.equals(data, other.data);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return name + " " + dtype + shape;
  }
}
