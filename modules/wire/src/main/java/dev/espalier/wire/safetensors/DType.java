package dev.espalier.wire.safetensors;

import java.util.Arrays;

/** The element types that are read and written, under the names that the format gives them. */
public enum DType {
  /** IEEE 754 double precision. */
  F64(Double.BYTES),
  /** 64-bit signed integers. */
  I64(Long.BYTES),
  /** IEEE 754 single precision. */
  F32(Float.BYTES),
  /** Bytes, read as 0 to 255. */
  U8(Byte.BYTES);

  private final int size;

  DType(int size) {
    this.size = size;
  }

  /** Bytes an element. */
  public int size() {
    return size;
  }

  static DType named(String name, String tensor) {
    return Arrays.stream(values())
        .filter(dtype -> dtype.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a dtype of "
                        + Arrays.toString(values())
                        + " for "
                        + tensor
                        + ", got \""
                        + name
                        + "\""));
  }
}
