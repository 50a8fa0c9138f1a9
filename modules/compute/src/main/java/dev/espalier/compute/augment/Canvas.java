package dev.espalier.compute.augment;

import dev.espalier.compute.network.Volume;
import java.util.Arrays;

/**
 * A picture of the input's size while it is being varied: values from 0 to 1, one plane a channel,
 * by rows from the top. A change is written into a second buffer, then both change places.
 */
final class Canvas {
  private final int channels;
  private final int size;
  private float[] values; // (channels, size, size)
  private float[] spare; // (channels, size, size)

  Canvas(Volume volume) {
    this.channels = volume.channels();
    this.size = volume.size();
    this.values = new float[volume.length()];
    this.spare = new float[volume.length()];
  }

  /** The number of channels. */
  int channels() {
    return channels;
  }

  /** Rows, and columns. */
  int size() {
    return size;
  }

  /** Values of a plane. */
  int plane() {
    return size * size;
  }

  /** The values, to read and write until {@link #swap}. */
  float[] values() {
    return values;
  }

  /** The other buffer, of any content. */
  float[] spare() {
    return spare;
  }

  /** Makes the spare buffer the picture. */
  void swap() {
    float[] before = values;
    values = spare;
    spare = before;
  }

  /** Shows {@code view} of what is there, padded with zeros. */
  void move(View view) {
    if (view.equals(View.STRAIGHT)) {
      return;
    }
    int first = view.firstColumn(size);
    int end = view.endColumn(size);
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < size; row++) {
        int to = (channel * size + row) * size;
        int source = view.sourceRow(row);
        if (source < 0 || source >= size) {
          Arrays.fill(spare, to, to + size, 0);
          continue;
        }
        Arrays.fill(spare, to, to + first, 0);
        Arrays.fill(spare, to + end, to + size, 0);
        int from = (channel * size + source) * size + view.sourceColumn(first, size);
        for (int column = first; column < end; column++, from += view.step()) {
          spare[to + column] = values[from];
        }
      }
    }
    swap();
  }

  /**
   * Writes the picture as an input.
   *
   * @param to (size, size, channels) from {@code at} on
   */
  void write(Levels levels, float[] to, int at) {
    for (int channel = 0; channel < channels; channel++) {
      float scale = levels.scale(channel);
      float shift = levels.shift(channel);
      int from = channel * plane();
      for (int pixel = 0; pixel < plane(); pixel++) {
        to[at + pixel * channels + channel] = values[from + pixel] * scale + shift;
      }
    }
  }
}
