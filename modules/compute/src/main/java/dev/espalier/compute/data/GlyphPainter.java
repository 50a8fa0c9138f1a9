package dev.espalier.compute.data;

import dev.espalier.compute.random.Draws;
import java.util.Arrays;

/** Paints one picture of {@link Glyphs}, from the draws that are the picture's own. */
final class GlyphPainter {
  private static final int SIZE = Records.CIFAR.size();
  private static final int CHANNELS = Records.CIFAR.channels();
  private static final int PLANE = SIZE * SIZE;
  private static final int VALUES = CHANNELS * PLANE;
  private static final double MOST_TURN = StrictMath.toRadians(15);
  private static final double LEAST_SIZE = 7; // half the height of a shape, in pixels
  private static final double MOST_SIZE = 12;
  private static final int LEAST_CLUTTER = 2;
  private static final int MOST_CLUTTER = 3;

  // Values from 0 to 1. Shapes tend to be brighter than what is behind them, but need not be.
  private static final double BRIGHTEST_BACKGROUND = 0.5;
  private static final double BRIGHTEST_CLUTTER = 0.6;
  private static final double DARKEST_SHAPE = 0.4;
  private static final double LEAST_CONTRAST = 0.3; // in at least one channel
  private static final double NOISE = 0.1; // most that a value is changed by

  private final Draws draws;
  private final float[] canvas = new float[VALUES]; // (channel, row, column), 0 to 1

  GlyphPainter(Draws draws) {
    this.draws = draws;
  }

  /** Paints a picture of {@code shape} into the 3,072 bytes from {@code offset} on. */
  void paint(Outline shape, byte[] records, int offset) {
    float[] near = colour(0, BRIGHTEST_BACKGROUND);
    float[] far = colour(0, BRIGHTEST_BACKGROUND);
    paintBackground(near, far);
    int clutter = LEAST_CLUTTER + draws.below(MOST_CLUTTER - LEAST_CLUTTER + 1);
    for (int i = 0; i < clutter; i++) {
      paintClutter();
    }
    double size = draws.between(LEAST_SIZE, MOST_SIZE);
    fill(
        shape.placed(
            new Outline.Placement(
                draws.between(size, SIZE - size),
                draws.between(size, SIZE - size),
                size,
                draws.between(-MOST_TURN, MOST_TURN))),
        colourAgainst(near, far));
    develop(records, offset);
  }

  private float[] colour(double darkest, double brightest) {
    float[] colour = new float[CHANNELS];
    for (int channel = 0; channel < colour.length; channel++) {
      colour[channel] = (float) draws.between(darkest, brightest);
    }
    return colour;
  }

  /** A colour that some channel tells from the middle of the two. */
  private float[] colourAgainst(float[] near, float[] far) {
    while (true) {
      float[] colour = colour(DARKEST_SHAPE, 1);
      for (int channel = 0; channel < CHANNELS; channel++) {
        float middle = (near[channel] + far[channel]) / 2;
        if (Math.abs(colour[channel] - middle) >= LEAST_CONTRAST) {
          return colour;
        }
      }
    }
  }

  private void paintBackground(float[] near, float[] far) {
    double angle = draws.between(0, 2 * Math.PI);
    double right = StrictMath.cos(angle) / (2 * SIZE);
    double down = StrictMath.sin(angle) / (2 * SIZE);
    double middle = (SIZE - 1) / 2.0;
    for (int pixel = 0; pixel < PLANE; pixel++) {
      double column = pixel % SIZE - middle;
      double row = (double) Math.floorDiv(pixel, SIZE) - middle;
      float share = (float) Math.clamp(0.5 + column * right + row * down, 0, 1);
      for (int channel = 0; channel < CHANNELS; channel++) {
        canvas[channel * PLANE + pixel] = near[channel] + share * (far[channel] - near[channel]);
      }
    }
  }

  /** A triangle or a quadrilateral, smaller than any shape. */
  private void paintClutter() {
    double[] corners = new double[2 * (3 + draws.below(2))];
    Arrays.setAll(corners, i -> draws.between(-1, 1));
    fill(
        Outline.of(corners)
            .placed(
                new Outline.Placement(
                    draws.between(0, SIZE), draws.between(0, SIZE), draws.between(2, 5), 0)),
        colour(0, BRIGHTEST_CLUTTER));
  }

  private void fill(Outline outline, float[] colour) {
    float[] coverage = outline.coverage();
    for (int pixel = 0; pixel < PLANE; pixel++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        int at = channel * PLANE + pixel;
        canvas[at] += coverage[pixel] * (colour[channel] - canvas[at]);
      }
    }
  }

  /** Adds noise, four values from the bits of each draw, and rounds to bytes. */
  private void develop(byte[] records, int offset) {
    for (int i = 0; i < VALUES; i += 4) {
      long bits = draws.bits();
      for (int j = i; j < i + 4; j++, bits >>>= Short.SIZE) {
        double noise = ((bits & 0xFFFF) / 32768.0 - 1) * NOISE;
        records[offset + j] = (byte) Math.round(255 * Math.clamp(canvas[j] + noise, 0, 1));
      }
    }
  }
}
