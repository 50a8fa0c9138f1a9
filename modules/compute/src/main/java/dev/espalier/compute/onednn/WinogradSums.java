package dev.espalier.compute.onednn;

import org.bytedeco.dnnl.memory;

/**
 * The gradients of a convolution's filters at the points of a tile, (points, in, out).
 *
 * @param form the tiles' size
 * @param in channels that the convolution reads
 * @param out channels that it gives
 */
record WinogradSums(Winograd form, int in, int out) {
  private static final int SPARE = 64; // see WinogradBlocks

  /** The bytes of one weight, or one point, of all filters. */
  long pointBytes() {
    return (long) in * out * Float.BYTES;
  }

  /** The bytes from one point to the next. */
  long step() {
    return pointBytes() + SPARE;
  }

  /** The bytes of all points. */
  long bytes() {
    return form.points() * step();
  }

  memory.desc layout() {
    long[] sizes = {form.points(), in, out};
    long[] steps = {step() / Float.BYTES, out, 1};
    return new memory.desc(sizes, memory.data_type.f32, steps);
  }

  /**
   * Adds some channels' gradients of all threads, in the threads' order, to those of the first.
   *
   * @param sums where each thread's lie
   */
  void add(long[] sums, long at, int bytes) {
    for (int other = 1; other < sums.length; other++) {
      for (int point = 0; point < form.points(); point++) {
        long place = point * step() + at;
        Lanes.add(sums[other] + place, sums[0] + place, bytes);
      }
    }
  }
}
