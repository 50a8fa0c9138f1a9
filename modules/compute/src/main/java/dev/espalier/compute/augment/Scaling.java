package dev.espalier.compute.augment;

import dev.espalier.compute.data.Picture;
import java.util.Arrays;

/**
 * Scales a frame of a picture onto a canvas, first along the rows, then along the columns. As
 * torchvision's antialiased bilinear resizing, but for rounding: nothing is rounded to bytes on the
 * way, as PIL does.
 */
final class Scaling {
  private static final float GREATEST = 255;

  private float[] lines = {}; // (rows of the frame that are read, size)

  /** Paints {@code frame} of {@code picture}. */
  void paint(Picture picture, Frame frame, Canvas canvas) {
    int size = canvas.size();
    Taps across = Taps.of(frame.width(), frame.columns(), frame.firstColumn(), size);
    Taps down = Taps.of(frame.height(), frame.rows(), frame.firstRow(), size);
    int rows = down.end() - down.begin();
    if (lines.length < rows * size) {
      lines = new float[rows * size];
    }
    for (int channel = 0; channel < canvas.channels(); channel++) {
      for (int row = 0; row < rows; row++) {
        int source = picture.at(channel, frame.top() + down.begin() + row);
        scaleLine(picture, source + frame.left() * picture.layout().column(), across, row * size);
      }
      for (int row = 0; row < size; row++) {
        mixLines(down, row, canvas, channel * canvas.plane() + row * size);
      }
    }
  }

  private void scaleLine(Picture picture, int source, Taps across, int to) {
    byte[] bytes = picture.bytes();
    int step = picture.layout().column();
    int size = across.count();
    for (int column = 0; column < size; column++) {
      float[] weights = across.weights(column);
      int from = source + across.first(column) * step;
      float sum = 0;
      for (float weight : weights) {
        sum += weight * (bytes[from] & 0xFF);
        from += step;
      }
      lines[to + column] = sum;
    }
  }

  private void mixLines(Taps down, int row, Canvas canvas, int to) {
    float[] weights = down.weights(row);
    int size = canvas.size();
    float[] values = canvas.values();
    Arrays.fill(values, to, to + size, 0);
    for (int i = 0; i < weights.length; i++) {
      float weight = weights[i] / GREATEST;
      int from = (down.first(row) - down.begin() + i) * size;
      Lines.add(weight, lines, from, values, to, size);
    }
  }
}
