package dev.espalier.compute.augment;

/**
 * Turns a picture about its middle by any angle: torchvision's {@code rotate} with bilinear
 * interpolation and zeros outside. (Torchvision's own default takes the nearest pixel.)
 */
final class Turning {
  private Turning() {}

  /** Turns {@code canvas} counter-clockwise by {@code degrees}. */
  static void turn(Canvas canvas, double degrees) {
    double cos = StrictMath.cos(StrictMath.toRadians(degrees));
    double sin = StrictMath.sin(StrictMath.toRadians(degrees));
    int size = canvas.size();
    double middle = (size - 1) / 2.0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double right = column - middle;
        double down = row - middle;
        float x = (float) (cos * right - sin * down + middle);
        float y = (float) (sin * right + cos * down + middle);
        paint(canvas, row * size + column, x, y);
      }
    }
    canvas.swap();
  }

  /** Paints a pixel with what lies at (x, y), between four others. */
  private static void paint(Canvas canvas, int pixel, float x, float y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float fromLeft = x - left;
    float fromTop = y - top;
    for (int channel = 0; channel < canvas.channels(); channel++) {
      int plane = channel * canvas.plane();
      float above =
          (1 - fromLeft) * value(canvas, plane, top, left)
              + fromLeft * value(canvas, plane, top, left + 1);
      float below =
          (1 - fromLeft) * value(canvas, plane, top + 1, left)
              + fromLeft * value(canvas, plane, top + 1, left + 1);
      canvas.spare()[plane + pixel] = (1 - fromTop) * above + fromTop * below;
    }
  }

  private static float value(Canvas canvas, int plane, int row, int column) {
    int size = canvas.size();
    boolean inside = row >= 0 && row < size && column >= 0 && column < size;
    return inside ? canvas.values()[plane + row * size + column] : 0;
  }
}
