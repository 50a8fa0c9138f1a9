package dev.espalier.domain.study;

/**
 * A part of the picture, of random area, shape and place, scaled to the input's size: torchvision's
 * {@code RandomResizedCrop}.
 *
 * @param scale the part's area as a share of the picture's, above 0 and at most 1
 * @param ratio its width ÷ height, above 0; drawn evenly in its logarithm
 */
public record ResizedCrop(Range scale, Range ratio) {
  /** Torchvision's defaults: 0.08 to 1 of the area, 3 : 4 to 4 : 3. */
  public static final ResizedCrop USUAL =
      new ResizedCrop(new Range(0.08, 1), new Range(0.75, 4 / 3.0));

  /**
   * Checks both ranges.
   *
   * @throws IllegalArgumentException when one holds what it must not
   */
  public ResizedCrop {
    if (!(scale.low() > 0 && scale.high() <= 1)) {
      throw new IllegalArgumentException("expected a scale above 0 and at most 1, got " + scale);
    }
    if (!(ratio.low() > 0)) {
      throw new IllegalArgumentException("expected a ratio above 0, got " + ratio);
    }
  }
}
