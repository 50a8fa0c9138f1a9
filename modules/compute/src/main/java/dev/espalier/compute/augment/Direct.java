package dev.espalier.compute.augment;

import dev.espalier.compute.data.Picture;

/**
 * Writes a view of a picture that is as large as the input: row by row, each byte by one look into
 * the table of its level.
 */
final class Direct {
  private static final int COLOURS = 3;

  private final int size;
  private final float[][] levels; // (channel, value)
  private final float[] padding; // (columns, channels)

  Direct(Levels levels, int size) {
    this.size = size;
    this.levels = new float[levels.channels()][];
    this.padding = new float[size * levels.channels()];
    for (int channel = 0; channel < levels.channels(); channel++) {
      this.levels[channel] = levels.inputs(channel);
    }
    for (int i = 0; i < padding.length; i++) {
      padding[i] = levels.input(i % levels.channels(), 0);
    }
  }

  /**
   * Writes {@code view} of {@code picture}.
   *
   * @param to (size, size, channels) from {@code at} on
   */
  void write(Picture picture, View view, float[] to, int at) {
    for (int row = 0, begin = at; row < size; row++, begin += padding.length) {
      int source = view.sourceRow(row);
      if (source < 0 || source >= size) {
        System.arraycopy(padding, 0, to, begin, padding.length);
      } else if (levels.length == COLOURS) {
        writeColours(picture, source, view, to, begin);
      } else {
        writeGrey(picture, source, view, to, begin);
      }
    }
  }

  private void writeColours(Picture picture, int row, View view, float[] to, int begin) {
    float[] red = levels[0];
    float[] green = levels[1];
    float[] blue = levels[2];
    byte[] bytes = picture.bytes();
    int channel = picture.layout().channel();
    int step = view.step() * picture.layout().column();
    int from = from(picture, row, view);
    int last = pad(view, to, begin);
    for (int at = begin + COLOURS * view.firstColumn(size); at < last; at += COLOURS) {
      to[at] = red[bytes[from] & 0xFF];
      to[at + 1] = green[bytes[from + channel] & 0xFF];
      to[at + 2] = blue[bytes[from + 2 * channel] & 0xFF];
      from += step;
    }
  }

  private void writeGrey(Picture picture, int row, View view, float[] to, int begin) {
    float[] grey = levels[0];
    byte[] bytes = picture.bytes();
    int step = view.step() * picture.layout().column();
    int from = from(picture, row, view);
    int last = pad(view, to, begin);
    for (int at = begin + view.firstColumn(size); at < last; at++) {
      to[at] = grey[bytes[from] & 0xFF];
      from += step;
    }
  }

  /** Where the first value lies that the view shows of {@code row}. */
  private int from(Picture picture, int row, View view) {
    int column = view.sourceColumn(view.firstColumn(size), size);
    return picture.at(0, row) + column * picture.layout().column();
  }

  /** Writes what lies left and right of the picture; gives where its part ends. */
  private int pad(View view, float[] to, int begin) {
    int channels = levels.length;
    int end = begin + channels * view.endColumn(size);
    System.arraycopy(padding, 0, to, begin, channels * view.firstColumn(size));
    System.arraycopy(padding, 0, to, end, begin + padding.length - end);
    return end;
  }
}
