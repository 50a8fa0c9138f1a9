package dev.espalier.compute.onednn;

/**
 * Transforms filters to the points at which they are multiplied, a few input channels at a time.
 * For one thread.
 */
final class WinogradFilterGather {
  private static final int ROWS = 4; // input channels transformed together

  private final WinogradFilters filters;
  private final long to;
  private final LineMap map;
  private final long buffer;
  private final int panelBytes;
  private final int runBytes;
  private final long[] weights = new long[Winograd.KERNEL];
  private final long[] points;
  private final Walk down;
  private final Walk along;

  /**
   * @param to where the transformed filters go
   * @param pages where its buffer is taken from
   */
  WinogradFilterGather(WinogradFilters filters, long to, Pages pages) {
    this.filters = filters;
    this.to = to;
    this.map = filters.form().filter();
    this.panelBytes = filters.panel() * Float.BYTES;
    this.runBytes = ROWS * panelBytes;
    this.points = new long[filters.form().products()];
    this.buffer = pages.take((long) points.length * Winograd.KERNEL * runBytes);
    this.down =
        Walk.over(panelBytes).repeated(ROWS, (long) filters.out() * Float.BYTES, panelBytes);
    this.along = Walk.over(runBytes);
  }

  /** Transforms one of {@code parts} parts of the filters. */
  void part(int part, int parts) {
    int groups = filters.in() / ROWS;
    for (int group = part * groups / parts; group < (part + 1) * groups / parts; group++) {
      for (int panel = 0; panel < filters.out() / filters.panel(); panel++) {
        long row = (long) group * ROWS;
        down(row * filters.out() * Float.BYTES + (long) panel * panelBytes);
        along(to + ((long) panel * filters.in() + row) * panelBytes);
      }
    }
  }

  private void down(long from) {
    for (int column = 0; column < Winograd.KERNEL; column++) {
      for (int row = 0; row < Winograd.KERNEL; row++) {
        weights[row] = filters.weight(row, column) + from;
      }
      for (int line = 0; line < points.length; line++) {
        points[line] = buffer + (long) (line * Winograd.KERNEL + column) * runBytes;
      }
      map.apply(weights, points, down);
    }
  }

  private void along(long to) {
    for (int line = 0; line < points.length; line++) {
      for (int column = 0; column < Winograd.KERNEL; column++) {
        weights[column] = buffer + (long) (line * Winograd.KERNEL + column) * runBytes;
      }
      for (int point = 0; point < points.length; point++) {
        points[point] = to + (line * points.length + point) * filters.pointBytes();
      }
      map.apply(weights, points, along);
    }
  }
}
