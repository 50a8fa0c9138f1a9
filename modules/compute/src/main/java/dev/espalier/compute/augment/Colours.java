package dev.espalier.compute.augment;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Jitter;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Changes colours by torchvision's formulas for tensors of values from 0 to 1 ({@code
 * torchvision.transforms._functional_tensor}), in vectors whose width changes no bit. Grey pictures
 * have neither saturation nor hue and stay as they are there.
 */
final class Colours {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int COLOURS = 3;
  private static final int CHANGES = 4;
  private static final float RED = 0.2989f; // of the luminance, as torchvision has it
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;
  private static final int SIXTHS = 6;

  private final Canvas canvas;
  private final float[] luminances; // (size, size)

  Colours(Canvas canvas) {
    this.canvas = canvas;
    this.luminances = new float[canvas.plane()];
  }

  /**
   * What {@code ColorJitter} does, applied at random: brightness, contrast, saturation and hue in
   * random order, each by a factor of its own.
   */
  void jitter(Jitter jitter, Draws draws) {
    if (draws.unit() >= jitter.probability()) {
      return;
    }
    int[] order = draws.permutation(CHANGES);
    float brightness = factor(jitter.brightness(), draws);
    float contrast = factor(jitter.contrast(), draws);
    float saturation = factor(jitter.saturation(), draws);
    float turns = (float) draws.between(-jitter.hue(), jitter.hue());
    for (int change : order) {
      switch (change) {
        case 0 -> brighten(brightness);
        case 1 -> contrast(contrast);
        case 2 -> saturate(saturation);
        default -> turnHue(turns);
      }
    }
  }

  private static float factor(double strength, Draws draws) {
    return (float) draws.between(Math.max(0, 1 - strength), 1 + strength);
  }

  /** value ← clamp(factor · value). */
  void brighten(float factor) {
    blend(factor, 0);
  }

  /** value ← clamp(factor · value + (1 − factor) · mean luminance). */
  void contrast(float factor) {
    double sum = 0;
    for (float luminance : luminances()) {
      sum += luminance;
    }
    blend(factor, (1 - factor) * (float) (sum / canvas.plane()));
  }

  private void blend(float factor, float rest) {
    float[] values = canvas.values();
    if (factor == 1) {
      return;
    }
    FloatVector shift = FloatVector.broadcast(SPECIES, rest);
    for (int i = 0; i < values.length; i += SPECIES.length()) {
      VectorMask<Float> inside = SPECIES.indexInRange(i, values.length);
      FloatVector value = FloatVector.fromArray(SPECIES, values, i, inside);
      clamped(value, factor, shift).intoArray(values, i, inside);
    }
  }

  private static FloatVector clamped(FloatVector value, float factor, FloatVector rest) {
    return value.fma(FloatVector.broadcast(SPECIES, factor), rest).max(0f).min(1f);
  }

  private float[] luminances() {
    float[] values = canvas.values();
    int plane = canvas.plane();
    if (canvas.channels() < COLOURS) {
      System.arraycopy(values, 0, luminances, 0, plane);
      return luminances;
    }
    FloatVector green = FloatVector.broadcast(SPECIES, GREEN);
    FloatVector blue = FloatVector.broadcast(SPECIES, BLUE);
    for (int i = 0; i < plane; i += SPECIES.length()) {
      VectorMask<Float> inside = SPECIES.indexInRange(i, plane);
      FloatVector sum = FloatVector.fromArray(SPECIES, values, i, inside).mul(RED);
      sum = FloatVector.fromArray(SPECIES, values, plane + i, inside).fma(green, sum);
      sum = FloatVector.fromArray(SPECIES, values, 2 * plane + i, inside).fma(blue, sum);
      sum.intoArray(luminances, i, inside);
    }
    return luminances;
  }

  /** value ← clamp(factor · value + (1 − factor) · luminance). */
  void saturate(float factor) {
    if (canvas.channels() < COLOURS || factor == 1) {
      return;
    }
    float[] values = canvas.values();
    float[] greys = luminances();
    int plane = canvas.plane();
    for (int i = 0; i < plane; i += SPECIES.length()) {
      VectorMask<Float> inside = SPECIES.indexInRange(i, plane);
      FloatVector rest = FloatVector.fromArray(SPECIES, greys, i, inside).mul(1 - factor);
      for (int channel = 0; channel < COLOURS; channel++) {
        int at = channel * plane + i;
        FloatVector value = FloatVector.fromArray(SPECIES, values, at, inside);
        clamped(value, factor, rest).intoArray(values, at, inside);
      }
    }
  }

  /** Takes away all colour: each channel becomes the luminance. */
  void grey() {
    saturate(0);
  }

  /**
   * Turns the hue, by {@code turns} of a whole circle: from RGB to HSV, h + turns, and back. With v
   * the greatest channel and c the greatest minus the least, a channel becomes v − c · clamp(min(k,
   * 4 − k), 0, 1), k = (n + 6h) mod 6, n = 5 for red, 3 for green, 1 for blue; the same numbers as
   * torchvision's table of six cases.
   */
  void turnHue(float turns) {
    if (canvas.channels() < COLOURS || turns == 0) {
      return;
    }
    float[] values = canvas.values();
    int plane = canvas.plane();
    for (int i = 0; i < plane; i += SPECIES.length()) {
      VectorMask<Float> inside = SPECIES.indexInRange(i, plane);
      FloatVector red = FloatVector.fromArray(SPECIES, values, i, inside);
      FloatVector green = FloatVector.fromArray(SPECIES, values, plane + i, inside);
      FloatVector blue = FloatVector.fromArray(SPECIES, values, 2 * plane + i, inside);
      FloatVector most = red.max(green).max(blue);
      FloatVector chroma = most.sub(red.min(green).min(blue));
      // From 0 to 12: the hue is −1 to 5 sixths, the turn −3 to 3.
      FloatVector sixths = sixths(red, green, blue, most, chroma).add(SIXTHS * turns + 4);
      channel(sixths.add(1), most, chroma).intoArray(values, i, inside);
      channel(sixths.add(5), most, chroma).intoArray(values, plane + i, inside);
      channel(sixths.add(3), most, chroma).intoArray(values, 2 * plane + i, inside);
    }
  }

  /** The hue in sixths of a turn, −1 to 5. */
  private static FloatVector sixths(
      FloatVector red, FloatVector green, FloatVector blue, FloatVector most, FloatVector chroma) {
    VectorMask<Float> isRed = red.compare(VectorOperators.EQ, most);
    VectorMask<Float> isGreen = green.compare(VectorOperators.EQ, most);
    FloatVector difference =
        red.sub(green).blend(blue.sub(red), isGreen).blend(green.sub(blue), isRed);
    FloatVector sector = FloatVector.broadcast(SPECIES, 4).blend(2f, isGreen).blend(0f, isRed);
    FloatVector divisor = chroma.blend(1f, chroma.compare(VectorOperators.EQ, 0f));
    return difference.div(divisor).add(sector);
  }

  /** The channel whose k is {@code sixths}, from 0 to 18, modulo 6. */
  private static FloatVector channel(FloatVector sixths, FloatVector most, FloatVector chroma) {
    FloatVector k = sixths;
    k = k.sub(12f, k.compare(VectorOperators.GE, 12f));
    k = k.sub(6f, k.compare(VectorOperators.GE, 6f));
    FloatVector share = k.min(k.neg().add(4f)).max(0f).min(1f);
    return chroma.neg().fma(share, most);
  }
}
