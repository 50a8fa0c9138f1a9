package dev.espalier.compute.onednn;

import org.bytedeco.dnnl.memory;

/**
 * The filters of a convolution at the points of a tile, (points, in, out), laid out in panels of
 * output channels as oneDNN's product of matrices likes its right side best.
 *
 * @param form the tiles' size
 * @param in channels that are read, a multiple of 16
 * @param out channels that are given, a multiple of 16
 * @param weights where the weights lie as (3, 3, in, out)
 * @param turned whether the filters are turned by 180 degrees, as from gradient to gradient
 */
record WinogradFilters(Winograd form, int in, int out, long weights, boolean turned) {
  private static final int LANES = 16;
  private static final int WIDEST = 4 * LANES;

  /** Output channels of a panel. */
  int panel() {
    int panel = WIDEST;
    while (out % panel != 0) {
      panel -= LANES;
    }
    return panel;
  }

  memory.desc layout() {
    memory.format_tag tag =
        switch (panel() / LANES) {
          case 4 -> memory.format_tag.aCB16b64c;
          case 3 -> memory.format_tag.aCB16b48c;
          case 2 -> memory.format_tag.aCB16b32c;
          default -> memory.format_tag.aCB16b16c;
        };
    return new memory.desc(new long[] {form.points(), in, out}, memory.data_type.f32, tag);
  }

  /** The bytes of one weight, or one point, of all filters. */
  long pointBytes() {
    return (long) in * out * Float.BYTES;
  }

  /** The bytes of all points. */
  long bytes() {
    return form.points() * pointBytes();
  }

  /** Where a weight of the filters lies. */
  long weight(int row, int column) {
    int at = row * Winograd.KERNEL + column;
    int last = Winograd.KERNEL * Winograd.KERNEL - 1;
    return weights + (turned ? last - at : at) * pointBytes();
  }
}
