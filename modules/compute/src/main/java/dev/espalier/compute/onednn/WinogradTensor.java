package dev.espalier.compute.onednn;

/**
 * A value or gradient that a convolution reads or writes.
 *
 * @param plane its sizes, and how it is cut into tiles
 * @param address where it lies
 * @param floats whether it is float32, not bf16; between the two transforms it is float32 anyway
 */
record WinogradTensor(WinogradPlane plane, long address, boolean floats) {
  /** The bytes that {@code bytes} bytes in float32 take. */
  long stored(long bytes) {
    return floats ? bytes : bytes / 2;
  }

  /** Where some channels of a row begin, {@code at} bytes after the first if they are float32. */
  long row(int image, int row, int at) {
    long rows = (long) image * plane.size() + row;
    return address + stored(rows * plane.rowBytes() + at);
  }
}
