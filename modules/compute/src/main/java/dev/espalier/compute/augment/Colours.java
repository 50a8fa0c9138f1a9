package dev.espalier.compute.augment;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Jitter;

/**
 * Changes colours by torchvision's formulas for tensors of values from 0 to 1 ({@code
 * torchvision.transforms._functional_tensor}). Grey pictures have neither saturation nor hue and
 * stay as they are there.
 */
final class Colours {
  private static final int COLOURS = 3;
  private static final int CHANGES = 4;
  private static final float RED = 0.2989f; // of the luminance, as torchvision has it
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Colours() {}

  /**
   * What {@code ColorJitter} does, applied at random: brightness, contrast, saturation and hue in
   * random order, each by a factor of its own.
   */
  static void jitter(Canvas canvas, Jitter jitter, Draws draws) {
    if (draws.unit() >= jitter.probability()) {
      return;
    }
    int[] order = draws.permutation(CHANGES);
    double brightness = factor(jitter.brightness(), draws);
    double contrast = factor(jitter.contrast(), draws);
    double saturation = factor(jitter.saturation(), draws);
    double turns = draws.between(-jitter.hue(), jitter.hue());
    for (int change : order) {
      switch (change) {
        case 0 -> brighten(canvas, (float) brightness);
        case 1 -> contrast(canvas, (float) contrast);
        case 2 -> saturate(canvas, (float) saturation);
        default -> turnHue(canvas, (float) turns);
      }
    }
  }

  private static double factor(double strength, Draws draws) {
    return draws.between(Math.max(0, 1 - strength), 1 + strength);
  }

  /** value ← clamp(factor · value). */
  static void brighten(Canvas canvas, float factor) {
    float[] values = canvas.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(factor * values[i], 1);
    }
  }

  /** value ← clamp(factor · value + (1 − factor) · mean luminance). */
  static void contrast(Canvas canvas, float factor) {
    float[] values = canvas.values();
    double sum = 0;
    for (int pixel = 0; pixel < canvas.plane(); pixel++) {
      sum += luminance(canvas, pixel);
    }
    float rest = (1 - factor) * (float) (sum / canvas.plane());
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.clamp(factor * values[i] + rest, 0f, 1f);
    }
  }

  private static float luminance(Canvas canvas, int pixel) {
    float[] values = canvas.values();
    if (canvas.channels() < COLOURS) {
      return values[pixel];
    }
    int plane = canvas.plane();
    return RED * values[pixel] + GREEN * values[plane + pixel] + BLUE * values[2 * plane + pixel];
  }

  /** value ← clamp(factor · value + (1 − factor) · luminance). */
  static void saturate(Canvas canvas, float factor) {
    if (canvas.channels() < COLOURS) {
      return;
    }
    float[] values = canvas.values();
    int plane = canvas.plane();
    for (int pixel = 0; pixel < plane; pixel++) {
      float rest = (1 - factor) * luminance(canvas, pixel);
      values[pixel] = Math.clamp(factor * values[pixel] + rest, 0f, 1f);
      values[plane + pixel] = Math.clamp(factor * values[plane + pixel] + rest, 0f, 1f);
      values[2 * plane + pixel] = Math.clamp(factor * values[2 * plane + pixel] + rest, 0f, 1f);
    }
  }

  /** Takes away all colour: each channel becomes the luminance. */
  static void grey(Canvas canvas) {
    saturate(canvas, 0);
  }

  /**
   * Turns the hue, by {@code turns} of a whole circle: from RGB to HSV, h + turns, and back. With v
   * the greatest channel and c the greatest minus the least, a channel becomes v − c · clamp(min(k,
   * 4 − k), 0, 1), k = (n + 6h) mod 6, n = 5 for red, 3 for green, 1 for blue; the same numbers as
   * torchvision's table of six cases.
   */
  static void turnHue(Canvas canvas, float turns) {
    if (canvas.channels() < COLOURS || turns == 0) {
      return;
    }
    float[] values = canvas.values();
    int plane = canvas.plane();
    for (int pixel = 0; pixel < plane; pixel++) {
      float red = values[pixel];
      float green = values[plane + pixel];
      float blue = values[2 * plane + pixel];
      float most = Math.max(red, Math.max(green, blue));
      float chroma = most - Math.min(red, Math.min(green, blue));
      float sixths = sixths(red, green, blue, most, chroma) + 6 * turns + 6;
      values[pixel] = channel(5 + sixths, most, chroma);
      values[plane + pixel] = channel(3 + sixths, most, chroma);
      values[2 * plane + pixel] = channel(1 + sixths, most, chroma);
    }
  }

  /** The hue in sixths of a turn, −1 to 5. */
  private static float sixths(float red, float green, float blue, float most, float chroma) {
    float divisor = chroma == 0 ? 1 : chroma;
    if (most == red) {
      return (green - blue) / divisor;
    }
    return most == green ? 2 + (blue - red) / divisor : 4 + (red - green) / divisor;
  }

  private static float channel(float sixths, float most, float chroma) {
    float k = sixths - 6 * (int) (sixths / 6);
    return most - chroma * Math.clamp(Math.min(k, 4 - k), 0f, 1f);
  }
}
