package dev.espalier.compute.onednn;

/**
 * A batch of square planes, channels last, cut into tiles of outputs. The tiles of one row of tiles
 * are a strip; strips are numbered through the batch. Where m does not divide the size, the last
 * tiles reach over the edge.
 *
 * @param form the tiles' size
 * @param batch images
 * @param size rows, and columns, of a plane
 * @param channels a multiple of 16
 */
record WinogradPlane(Winograd form, int batch, int size, int channels) {
  private static final int LINE = 64;
  private static final int NEAR = 48 << 10;

  /** Tiles in a strip, and strips in an image. */
  int tiles() {
    return Math.ceilDiv(size, form.outputs());
  }

  /** Strips in the batch. */
  int strips() {
    return batch * tiles();
  }

  /** The bytes of one value for all channels: from a tile to the next, or a column to the next. */
  int columnBytes() {
    return channels * Float.BYTES;
  }

  /** The bytes of one row of an image. */
  int rowBytes() {
    return size * columnBytes();
  }

  /** The bytes of the points of a strip's tiles, each of which lies apart from the next. */
  int stripBytes() {
    return tiles() * columnBytes();
  }

  /** The bytes of the channels that are transformed together: as many as fit into a near cache. */
  int chunk() {
    int lines = columnBytes() / LINE;
    for (int parts = 1; parts < lines; parts++) {
      if (lines % parts == 0 && bufferBytes(columnBytes() / parts) <= NEAR) {
        return columnBytes() / parts;
      }
    }
    return LINE;
  }

  /** The bytes of a line between the two transforms of a strip: its columns, with zeros around. */
  int lineBytes(int chunk) {
    return (tiles() * form.outputs() + Winograd.KERNEL - 1) * chunk;
  }

  /** The bytes of all lines of a strip between its two transforms. */
  int bufferBytes(int chunk) {
    return form.products() * lineBytes(chunk);
  }
}
