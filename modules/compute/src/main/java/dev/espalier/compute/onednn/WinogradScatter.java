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
  private final long step;
  private final WinogradRows rows;
  private final long[] points;
  private final long[] columns;
  private final long[] lines;
  private final Walk along;
  private final Walk down;

  /**
   * Of what a convolution gives.
   *
   * @param step the bytes from one point of a tile to the next
   */
  WinogradScatter(WinogradTensor tensor, long step, Pages pages) {
    Winograd form = tensor.plane().form();
    int products = form.products();
    int writes = form.outputs();
    this.plane = tensor.plane();
    this.map = form.output();
    this.chunk = plane.chunk();
    this.step = step;
    long buffer = pages.take(plane.bufferBytes(chunk));
    this.rows =
        new WinogradRows(tensor, writes, pages.take(WinogradRows.bufferBytes(tensor, writes)));
    long line = plane.lineBytes(chunk);
    this.points = new long[products];
    this.columns = Pages.places(writes, buffer, chunk);
    this.lines = Pages.places(products, buffer, line);
    this.along =
        Walk.over(chunk)
            .repeated(plane.tiles(), plane.columnBytes(), (long) writes * chunk)
            .repeated(products, products * step, line);
    this.down = Walk.over(chunk).repeated(plane.size(), chunk, rows.step());
  }

  /**
   * Transforms one strip.
   *
   * @param from where the first point of its first tile is; the next tile's follows
   */
  void strip(int strip, long from) {
    int image = strip / plane.tiles();
    int top = strip % plane.tiles() * plane.form().outputs();
    for (int at = 0; at < plane.columnBytes(); at += chunk) {
      for (int point = 0; point < points.length; point++) {
        points[point] = from + at + point * step;
      }
      map.apply(points, columns, along);
      map.apply(lines, rows.write(image, top, at), down);
      rows.written(image, top, at);
    }
  }
}
