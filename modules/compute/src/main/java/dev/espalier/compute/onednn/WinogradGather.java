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
  private final long step;
  private final long buffer;
  private final WinogradRows rows;
  private final long[] lines;
  private final long[] columns;
  private final long[] points;
  private final Walk down;
  private final Walk along;

  private WinogradGather(
      WinogradTensor tensor, LineMap map, int reads, int border, long step, Pages pages) {
    Winograd form = tensor.plane().form();
    int products = form.products();
    this.plane = tensor.plane();
    this.map = map;
    this.border = border;
    this.chunk = plane.chunk();
    this.step = step;
    this.buffer = pages.take(plane.bufferBytes(chunk));
    this.rows =
        new WinogradRows(tensor, reads, pages.take(WinogradRows.bufferBytes(tensor, reads)));
    long line = plane.lineBytes(chunk);
    this.lines = Pages.places(products, buffer + (long) border * chunk, line);
    this.columns = Pages.places(reads, buffer, chunk);
    this.points = new long[products];
    this.down = Walk.over(chunk).repeated(plane.size(), rows.step(), chunk);
    this.along =
        Walk.over(chunk)
            .repeated(plane.tiles(), (long) form.outputs() * chunk, plane.columnBytes())
            .repeated(products, line, products * step);
  }

  /**
   * Of the values that a convolution reads.
   *
   * @param step the bytes from one point of a tile to the next
   */
  static WinogradGather ofValues(WinogradTensor tensor, long step, Pages pages) {
    Winograd form = tensor.plane().form();
    return new WinogradGather(tensor, form.data(), form.products(), 1, step, pages);
  }

  /**
   * Of the gradient of what it gives, as its weights' gradient reads that.
   *
   * @param step the bytes from one point of a tile to the next
   */
  static WinogradGather ofGradient(WinogradTensor tensor, long step, Pages pages) {
    Winograd form = tensor.plane().form();
    return new WinogradGather(tensor, form.gradient(), form.outputs(), 0, step, pages);
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
   */
  void strip(int strip, long to) {
    int image = strip / plane.tiles();
    int top = strip % plane.tiles() * plane.form().outputs() - border;
    for (int at = 0; at < plane.columnBytes(); at += chunk) {
      map.apply(rows.read(image, top, at), lines, down);
      for (int point = 0; point < points.length; point++) {
        points[point] = to + at + point * step;
      }
      map.apply(columns, points, along);
    }
  }
}
