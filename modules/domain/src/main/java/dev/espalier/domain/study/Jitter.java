package dev.espalier.domain.study;

/**
 * Random changes of colour, in random order: torchvision's {@code ColorJitter}. Brightness,
 * contrast and saturation are each changed by a factor from 1 − strength, at least 0, to 1 +
 * strength; the hue by −strength to strength of a whole turn. A strength of 0 changes nothing.
 *
 * @param brightness a strength, at least 0
 * @param contrast a strength, at least 0
 * @param saturation a strength, at least 0
 * @param hue a strength, 0 to 0.5
 * @param probability the share of images that is changed at all, above 0 and at most 1
 */
public record Jitter(
    double brightness, double contrast, double saturation, double hue, double probability) {
  private static final double HALF_A_TURN = 0.5;

  /**
   * Checks every number.
   *
   * @throws IllegalArgumentException when one is out of range, or nothing would be changed
   */
  public Jitter {
    requireStrength("brightness", brightness);
    requireStrength("contrast", contrast);
    requireStrength("saturation", saturation);
    if (!(hue >= 0 && hue <= HALF_A_TURN)) {
      throw new IllegalArgumentException("expected a hue of 0 to 0.5, got " + hue);
    }
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "expected a probability above 0 and at most 1, got " + probability);
    }
    if (brightness + contrast + saturation + hue == 0) {
      throw new IllegalArgumentException("expected a jitter of some strength, got none");
    }
  }

  private static void requireStrength(String what, double strength) {
    if (!(strength >= 0 && Double.isFinite(strength))) {
      throw new IllegalArgumentException("expected a " + what + " of at least 0, got " + strength);
    }
  }
}
