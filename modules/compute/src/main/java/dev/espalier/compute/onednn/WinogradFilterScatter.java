package dev.espalier.compute.onednn;

/**
 * Transforms the gradients of filters at the points of a tile back to those of the weights, a few
 * channels at a time. For one thread.
 */
final class WinogradFilterScatter {
  private static final int RUN_BYTES = 512;

  private final WinogradSums sums;
  private final long weights;
  private final LineMap map;
  private final long buffer;
  private final long[] points;
  private final long[] lines = new long[Winograd.KERNEL];
  private final Walk run = Walk.over(RUN_BYTES);

  /**
   * @param weights where the gradients of the weights go, (3, 3, in, out)
   * @param pages where its buffer is taken from
   */
  WinogradFilterScatter(WinogradSums sums, long weights, Pages pages) {
    this.sums = sums;
    this.weights = weights;
    this.map = sums.form().filterGradient();
    this.points = new long[sums.form().products()];
    this.buffer = pages.take((long) points.length * Winograd.KERNEL * RUN_BYTES);
  }

  /**
   * Does one of {@code parts} parts.
   *
   * @param all where the sums of each thread lie
   */
  void part(int part, int parts, long[] all) {
    int runs = Math.toIntExact(sums.pointBytes() / RUN_BYTES);
    for (int at = part * runs / parts; at < (part + 1) * runs / parts; at++) {
      long begin = (long) at * RUN_BYTES;
      sums.add(all, begin, RUN_BYTES);
      down(all[0] + begin);
      along(weights + begin);
    }
  }

  private void down(long from) {
    for (int column = 0; column < points.length; column++) {
      for (int row = 0; row < points.length; row++) {
        points[row] = from + (row * points.length + column) * sums.step();
      }
      for (int line = 0; line < lines.length; line++) {
        lines[line] = buffer + (long) (line * points.length + column) * RUN_BYTES;
      }
      map.apply(points, lines, run);
    }
  }

  private void along(long to) {
    for (int line = 0; line < Winograd.KERNEL; line++) {
      for (int column = 0; column < points.length; column++) {
        points[column] = buffer + (long) (line * points.length + column) * RUN_BYTES;
      }
      for (int column = 0; column < lines.length; column++) {
        lines[column] = to + (line * lines.length + column) * sums.pointBytes();
      }
      map.apply(points, lines, run);
    }
  }
}
