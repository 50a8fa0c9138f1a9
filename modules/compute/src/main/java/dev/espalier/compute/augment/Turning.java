package dev.espalier.compute.augment;

/**
 * Turns a picture about its middle by any angle: torchvision's {@code rotate} with bilinear
 * interpolation and zeros outside. (Torchvision's own default takes the nearest pixel.)
 */
final class Turning {
  private Turning() {}

  /** Turns {@code canvas} counter-clockwise by {@code degrees}. */
  static void turn(Canvas canvas, double degrees) {
    float cos = (float) StrictMath.cos(StrictMath.toRadians(degrees));
    float sin = (float) StrictMath.sin(StrictMath.toRadians(degrees));
    int size = canvas.size();
    float middle = (size - 1) / 2f;
    for (int row = 0; row < size; row++) {
      float down = row - middle;
      for (int column = 0; column < size; column++) {
        float right = column - middle;
        paint(
            canvas,
            row * size + column,
            cos * right - sin * down + middle,
            sin * right + cos * down + middle);
      }
    }
    canvas.swap();
  }

  /** Paints a pixel with what lies at (x, y), between four others. */
  private static void paint(Canvas canvas, int pixel, float x, float y) {
    int size = canvas.size();
    int left = floor(x);
    int top = floor(y);
    float right = x - left;
    float down = y - top;
    boolean inside = left >= 0 && left < size - 1 && top >= 0 && top < size - 1;
    float[] values = canvas.values();
    for (int channel = 0; channel < canvas.channels(); channel++) {
      int plane = channel * canvas.plane();
      int at = plane + top * size + left;
      canvas.spare()[plane + pixel] =
          inside
              ? mix(
                  mix(values[at], values[at + 1], right),
                  mix(values[at + size], values[at + size + 1], right),
                  down)
              : mix(
                  mix(value(canvas, plane, top, left), value(canvas, plane, top, left + 1), right),
                  mix(
                      value(canvas, plane, top + 1, left),
                      value(canvas, plane, top + 1, left + 1),
                      right),
                  down);
    }
  }

  private static int floor(float number) {
    int whole = (int) number;
    return number < whole ? whole - 1 : whole;
  }

  private static float mix(float one, float other, float share) {
    return one + share * (other - one);
  }

  private static float value(Canvas canvas, int plane, int row, int column) {
    int size = canvas.size();
    boolean inside = row >= 0 && row < size && column >= 0 && column < size;
    return inside ? canvas.values()[plane + row * size + column] : 0;
  }
}
