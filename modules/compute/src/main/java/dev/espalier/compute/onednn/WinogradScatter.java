package dev.espalier.compute.onednn;

/**
 * Transforms products back to strips of a tensor's tiles: first along the rows of each tile, into a
 * small buffer, then down the columns of the whole strip. What reaches over the edge is dropped.
 * For one thread.
 */
final class WinogradScatter {
  private final WinogradPlane plane;
  private final LineMap map;
  private final int chunk;
  private final long buffer;
  private final WinogradRows rows;
  private final long[] points;
  private final long[] columns;
  private final long[] lines;
  private final Walk along;
  private final Walk down;

  WinogradScatter(WinogradTensor tensor, Pages pages) {
    Winograd form = tensor.plane().form();
    int writes = form.outputs();
    this.plane = tensor.plane();
    this.map = form.output();
    this.chunk = plane.chunk();
    this.buffer = pages.take(plane.bufferBytes(chunk));
    this.rows =
        new WinogradRows(tensor, writes, pages.take(WinogradRows.bufferBytes(tensor, writes)));
    this.points = new long[form.products()];
    this.columns = new long[writes];
    this.lines = new long[form.products()];
    this.along = new Walk(plane.tiles(), chunk, plane.columnBytes(), (long) writes * chunk);
    this.down = new Walk(plane.size(), chunk, chunk, rows.step());
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
    for (int at = 0; at < plane.columnBytes(); at += chunk) {
      along(from + at, step);
      map.apply(lines, rows.write(image, top, at), down);
      rows.written(image, top, at);
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
