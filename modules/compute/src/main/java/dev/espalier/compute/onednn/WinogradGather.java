package dev.espalier.compute.onednn;

/**
 * Transforms strips of a tensor's tiles to the points at which they are multiplied: first down the
 * columns of the whole strip, into a small buffer with zeros left and right, then along the rows of
 * each tile. For one thread.
 */
final class WinogradGather {
  private final WinogradPlane plane;
  private final LineMap map;
  private final int border;
  private final int chunk;
  private final long buffer;
  private final WinogradRows rows;
  private final long[] lines;
  private final long[] columns;
  private final long[] points;
  private final Walk down;
  private final Walk along;

  private WinogradGather(WinogradTensor tensor, LineMap map, int reads, int border, Pages pages) {
    Winograd form = tensor.plane().form();
    this.plane = tensor.plane();
    this.map = map;
    this.border = border;
    this.chunk = plane.chunk();
    this.buffer = pages.take(plane.bufferBytes(chunk));
    this.rows =
        new WinogradRows(tensor, reads, pages.take(WinogradRows.bufferBytes(tensor, reads)));
    this.lines = new long[form.products()];
    this.columns = new long[reads];
    this.points = new long[form.products()];
    this.down = new Walk(plane.size(), chunk, rows.step(), chunk);
    this.along = new Walk(plane.tiles(), chunk, (long) form.outputs() * chunk, plane.columnBytes());
  }

  /** Of the values that a convolution reads. */
  static WinogradGather ofValues(WinogradTensor tensor, Pages pages) {
    Winograd form = tensor.plane().form();
    return new WinogradGather(tensor, form.data(), form.products(), 1, pages);
  }

  /** Of the gradient of what it gives, as its weights' gradient reads that. */
  static WinogradGather ofGradient(WinogradTensor tensor, Pages pages) {
    Winograd form = tensor.plane().form();
    return new WinogradGather(tensor, form.gradient(), form.outputs(), 0, pages);
  }

  /** Writes the zeros: before the first strip, whenever something else has used the pages. */
  void clear() {
    Lanes.clear(buffer, plane.bufferBytes(chunk));
    rows.clear();
  }

  /**
   * Transforms one strip.
   *
   * @param to where the first point of its first tile goes; the next tile's follows
   * @param step the bytes from one point of a tile to the next
   */
  void strip(int strip, long to, long step) {
    int image = strip / plane.tiles();
    int top = strip % plane.tiles() * plane.form().outputs() - border;
    for (int at = 0; at < plane.columnBytes(); at += chunk) {
      down(rows.read(image, top, at));
      along(to + at, step);
    }
  }

  private void down(long[] from) {
    for (int line = 0; line < lines.length; line++) {
      lines[line] = buffer + (long) line * plane.lineBytes(chunk) + (long) border * chunk;
    }
    map.apply(from, lines, down);
  }

  private void along(long to, long step) {
    for (int line = 0; line < lines.length; line++) {
      for (int column = 0; column < columns.length; column++) {
        columns[column] = buffer + (long) line * plane.lineBytes(chunk) + (long) column * chunk;
      }
      for (int point = 0; point < points.length; point++) {
        points[point] = to + (line * points.length + point) * step;
      }
      map.apply(columns, points, along);
    }
  }
}
