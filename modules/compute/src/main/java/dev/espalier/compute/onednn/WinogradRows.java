package dev.espalier.compute.onednn;

import java.util.ArrayList;
import java.util.List;

/**
 * Some rows of a tensor in float32, for one thread: those of float32 tensors where they lie, those
 * of bf16 tensors in a buffer. Rows above and below the plane read as zeros, and what is written to
 * them is dropped.
 */
final class WinogradRows {
  private final WinogradTensor tensor;
  private final int chunk;
  private final long outside;
  private final long buffer;
  private final long[] rows;
  private final List<Walk> widening = new ArrayList<>(); // for so many rows
  private final List<Walk> narrowing = new ArrayList<>();

  /**
   * @param count rows at a time
   * @param buffer {@link #bufferBytes} bytes for it alone while it works
   */
  WinogradRows(WinogradTensor tensor, int count, long buffer) {
    WinogradPlane plane = tensor.plane();
    long stored = tensor.stored(plane.columnBytes());
    this.tensor = tensor;
    this.chunk = plane.chunk();
    this.outside = buffer;
    this.buffer = buffer + plane.rowBytes();
    this.rows = new long[count];
    for (int row = 0; row <= count; row++) {
      widening.add(Walk.over(chunk).repeated(row * plane.size(), stored, chunk));
      narrowing.add(Walk.over(chunk).repeated(row * plane.size(), chunk, stored));
    }
  }

  /** The bytes that it needs beside the tensor. */
  static long bufferBytes(WinogradTensor tensor, int count) {
    WinogradPlane plane = tensor.plane();
    long converted = tensor.floats() ? 0 : (long) count * plane.size() * plane.chunk();
    return plane.rowBytes() + converted;
  }

  /** Makes the rows outside zeros: before the first read, whenever the buffer was used. */
  void clear() {
    Lanes.clear(outside, tensor.plane().rowBytes());
  }

  /** The bytes from one column of a row to the next. */
  int step() {
    return tensor.floats() ? tensor.plane().columnBytes() : chunk;
  }

  /**
   * Where to read rows.
   *
   * @param top the first one's number in the image
   * @param at how many bytes of float32 lie before the channels that are read
   */
  long[] read(int image, int top, int at) {
    place(image, top, at);
    if (!tensor.floats()) {
      int first = Math.max(0, top);
      Bfloat16.widen(tensor.row(image, first, at), rows[first - top], widening.get(inside(top)));
    }
    return rows;
  }

  /** Where to write rows, see {@link #read}; {@link #written} must follow. */
  long[] write(int image, int top, int at) {
    place(image, top, at);
    return rows;
  }

  /** Ends a write of the same rows. */
  void written(int image, int top, int at) {
    if (!tensor.floats()) {
      int first = Math.max(0, top);
      Bfloat16.narrow(rows[first - top], tensor.row(image, first, at), narrowing.get(inside(top)));
    }
  }

  private void place(int image, int top, int at) {
    for (int row = 0; row < rows.length; row++) {
      if (top + row < 0 || top + row >= tensor.plane().size()) {
        rows[row] = outside;
      } else if (tensor.floats()) {
        rows[row] = tensor.row(image, top + row, at);
      } else {
        rows[row] = buffer + (long) row * tensor.plane().size() * chunk;
      }
    }
  }

  /** How many of the rows from {@code top} on are inside; they follow each other. */
  private int inside(int top) {
    return Math.min(tensor.plane().size(), top + rows.length) - Math.max(0, top);
  }
}
