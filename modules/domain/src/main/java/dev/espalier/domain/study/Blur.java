package dev.espalier.domain.study;

/**
 * A Gaussian blur of random width: torchvision's {@code GaussianBlur}, its kernel about a tenth of
 * the picture wide (Chen et al. 2020, SimCLR, appendix A).
 *
 * @param probability the share of images that is blurred, above 0 and at most 1
 * @param sigma the deviation in pixels, above 0
 */
public record Blur(double probability, Range sigma) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Blur {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "expected a probability above 0 and at most 1, got " + probability);
    }
    if (!(sigma.low() > 0)) {
      throw new IllegalArgumentException("expected a sigma above 0, got " + sigma);
    }
  }
}
