package dev.espalier.compute.augment;

import java.util.Arrays;

/**
 * Torchvision's {@code gaussian_blur}: the mean of a square of neighbours by weights exp(−x² ÷
 * 2σ²), the picture mirrored at its edges, first along the columns, then along the rows. The square
 * is 2 · floor(size ÷ 20) + 1 pixels wide, at least 3 (Chen et al. 2020 take a tenth of the size).
 */
final class Blurring {
  private static final int KERNELS_A_SIDE = 20;

  private final int reach;
  private final float[] line; // (size + 2 · reach)

  Blurring(int size) {
    this.reach = Math.max(1, size / KERNELS_A_SIDE);
    this.line = new float[size + 2 * reach];
  }

  /** Blurs by {@code sigma} pixels. */
  void blur(Canvas canvas, double sigma) {
    float[] weights = weights(sigma);
    for (int channel = 0; channel < canvas.channels(); channel++) {
      mixRows(canvas, channel * canvas.plane(), weights);
    }
    canvas.swap();
    for (int row = 0; row < canvas.channels() * canvas.size(); row++) {
      mixColumns(canvas, row * canvas.size(), weights);
    }
  }

  private float[] weights(double sigma) {
    double[] exact = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      double x = (i - reach) / sigma;
      exact[i] = StrictMath.exp(-x * x / 2);
      sum += exact[i];
    }
    float[] weights = new float[exact.length];
    for (int i = 0; i < exact.length; i++) {
      weights[i] = (float) (exact[i] / sum);
    }
    return weights;
  }

  private void mixRows(Canvas canvas, int plane, float[] weights) {
    int size = canvas.size();
    for (int row = 0; row < size; row++) {
      int to = plane + row * size;
      Arrays.fill(canvas.spare(), to, to + size, 0);
      for (int i = 0; i < weights.length; i++) {
        int from = plane + mirrored(row + i - reach, size) * size;
        Lines.add(weights[i], canvas.values(), from, canvas.spare(), to, size);
      }
    }
  }

  /** The place inside that a place beyond the edge mirrors; the edge itself is not repeated. */
  private static int mirrored(int place, int size) {
    int inside = Math.abs(place);
    return inside < size ? inside : 2 * (size - 1) - inside;
  }

  private void mixColumns(Canvas canvas, int row, float[] weights) {
    int size = canvas.size();
    float[] values = canvas.values();
    System.arraycopy(values, row, line, reach, size);
    for (int i = 1; i <= reach; i++) {
      line[reach - i] = values[row + i];
      line[reach + size - 1 + i] = values[row + size - 1 - i];
    }
    Arrays.fill(values, row, row + size, 0);
    for (int i = 0; i < weights.length; i++) {
      Lines.add(weights[i], line, i, values, row, size);
    }
  }
}
