package dev.espalier.compute.onednn;

/**
 * Transforms products back to strips of a tensor's tiles: first along the rows of each tile, into a
 * small buffer, then down the columns of the whole strip. What reaches over the edge is dropped.
 * For one thread.
 */
final class WinogradScatter {
  private final WinogradTensor tensor;
  private final WinogradPlane plane;
  private final LineMap map;
  private final int chunk;
  private final long buffer;
  private final long dropped;
  private final long[] points;
  private final long[] columns;
  private final long[] lines;
  private final long[] rows;
  private final Walk along;
  private final Walk down;

  /**
   * @param buffer {@link #bufferBytes} bytes for it alone while it works
   */
  WinogradScatter(WinogradTensor tensor, long buffer) {
    Winograd form = tensor.plane().form();
    this.tensor = tensor;
    this.plane = tensor.plane();
    this.map = form.output();
    this.chunk = plane.chunk();
    this.buffer = buffer;
    this.dropped = buffer + plane.bufferBytes(chunk);
    this.points = new long[form.products()];
    this.columns = new long[form.outputs()];
    this.lines = new long[form.products()];
    this.rows = new long[form.outputs()];
    this.along = new Walk(plane.tiles(), chunk, plane.columnBytes(), (long) form.outputs() * chunk);
    this.down = new Walk(plane.size(), chunk, chunk, plane.columnBytes());
  }

  /** The bytes that it needs beside the tensor and the products. */
  static long bufferBytes(WinogradPlane plane) {
    return (long) plane.bufferBytes(plane.chunk()) + plane.rowBytes();
  }

  /**
   * Transforms one strip.
   *
   * @param from where the first point of its first tile is; the next tile's follows
   * @param step the bytes from one point of a tile to the next
   */
  void strip(int strip, long from, long step) {
    int image = strip / plane.tiles();
    int top = strip % plane.tiles() * plane.form().outputs();
    long first = tensor.address() + (long) image * plane.size() * plane.rowBytes();
    for (int at = 0; at < plane.columnBytes(); at += chunk) {
      along(from + at, step);
      for (int row = 0; row < rows.length; row++) {
        boolean inside = top + row < plane.size();
        rows[row] = inside ? first + (long) (top + row) * plane.rowBytes() + at : dropped;
      }
      map.apply(lines, rows, down);
    }
  }

  private void along(long from, long step) {
    for (int line = 0; line < lines.length; line++) {
      lines[line] = buffer + (long) line * plane.lineBytes(chunk);
      for (int column = 0; column < columns.length; column++) {
        columns[column] = lines[line] + (long) column * chunk;
      }
      for (int point = 0; point < points.length; point++) {
        points[point] = from + (line * points.length + point) * step;
      }
      map.apply(points, columns, along);
    }
  }
}
