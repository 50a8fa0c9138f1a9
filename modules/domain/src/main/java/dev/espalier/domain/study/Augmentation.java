package dev.espalier.domain.study;

/**
 * How a training image is varied; a function of (seed, epoch, index).
 *
 * @param flip whether half of the images are mirrored left to right
 * @param crop pixels of zero padding on each side before a crop of the original size is taken at
 *     random, 0 to 8
 */
public record Augmentation(boolean flip, int crop) {
  /**
   * Mirroring and the crop from four pixels of padding that CIFAR networks are usually trained
   * with.
   */
  public static final Augmentation STANDARD = new Augmentation(true, 4);

  private static final int MOST = 8;

  /**
   * Checks the padding.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public Augmentation {
    if (crop < 0 || crop > MOST) {
      throw new IllegalArgumentException(
          "expected a crop of 0 to " + MOST + " pixels, got " + crop);
    }
  }
}
