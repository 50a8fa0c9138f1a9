package dev.espalier.compute.data;

import java.util.Arrays;

/**
 * A closed polygon, filled by the even-odd rule and drawn into a picture with smooth edges: each
 * pixel is covered by the mean of four thin rows, exact along the row.
 */
final class Outline {
  private static final int SIZE = Records.CIFAR.size();
  private static final int ROWS_PER_PIXEL = 4;

  private final double[] xs;
  private final double[] ys;

  private Outline(double[] xs, double[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  /** The polygon through these corners: x, y, x, y, …; x to the right, y down. */
  static Outline of(double... corners) {
    double[] xs = new double[corners.length / 2];
    double[] ys = new double[corners.length / 2];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = corners[2 * i];
      ys[i] = corners[2 * i + 1];
    }
    return new Outline(xs, ys);
  }

  /**
   * The polygon turned, then scaled, then moved.
   *
   * @param placement where to
   */
  Outline placed(Placement placement) {
    double cos = StrictMath.cos(placement.angle());
    double sin = StrictMath.sin(placement.angle());
    double[] toX = new double[xs.length];
    double[] toY = new double[xs.length];
    for (int i = 0; i < xs.length; i++) {
      toX[i] = placement.x() + placement.scale() * (cos * xs[i] - sin * ys[i]);
      toY[i] = placement.y() + placement.scale() * (sin * xs[i] + cos * ys[i]);
    }
    return new Outline(toX, toY);
  }

  /** How much of each pixel of a picture the polygon covers, 0 to 1; (32, 32) by rows. */
  float[] coverage() {
    float[] covered = new float[SIZE * SIZE];
    double[] crossings = new double[xs.length];
    for (int thin = 0; thin < SIZE * ROWS_PER_PIXEL; thin++) {
      int count = crossings((thin + 0.5) / ROWS_PER_PIXEL, crossings);
      Arrays.sort(crossings, 0, count);
      for (int i = 0; i + 1 < count; i += 2) {
        cover(covered, thin / ROWS_PER_PIXEL, crossings[i], crossings[i + 1]);
      }
    }
    return covered;
  }

  private int crossings(double y, double[] crossings) {
    int count = 0;
    for (int i = 0, before = xs.length - 1; i < xs.length; before = i++) {
      if (ys[i] > y != ys[before] > y) {
        crossings[count++] = xs[i] + (y - ys[i]) / (ys[before] - ys[i]) * (xs[before] - xs[i]);
      }
    }
    return count;
  }

  private static void cover(float[] covered, int row, double begin, double end) {
    double left = Math.max(0, begin);
    double right = Math.min(SIZE, end);
    for (int column = (int) left; column < right; column++) {
      double share = Math.min(right, column + 1) - Math.max(left, column);
      covered[row * SIZE + column] += (float) (share / ROWS_PER_PIXEL);
    }
  }

  /**
   * Where a polygon is drawn.
   *
   * @param x of its origin, in pixels from the left
   * @param y of its origin, in pixels from the top
   * @param scale pixels a unit
   * @param angle clockwise, in radians
   */
  record Placement(double x, double y, double scale, double angle) {}
}
