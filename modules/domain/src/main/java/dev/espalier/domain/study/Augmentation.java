package dev.espalier.domain.study;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a training image is varied, in this order; a function of (seed, epoch, index). What is absent
 * is not done.
 *
 * @param flip whether half of the images are mirrored left to right
 * @param crop pixels of zero padding on each side before a crop of the original size is taken at
 *     random, 0 to 8; not done where a resized crop is
 * @param resizedCrop takes a random part and scales it to the input's size
 * @param degrees images are turned by a random angle, up to so many degrees either way, above 0 and
 *     at most 180
 * @param jitter changes colours
 * @param grayscale the share of images that loses its colours, above 0 and at most 1
 * @param blur blurs
 * @param normalisation how values become inputs, in training and evaluation alike; absent for the
 *     data set's own
 */
public record Augmentation(
    boolean flip,
    int crop,
    Optional<ResizedCrop> resizedCrop,
    OptionalDouble degrees,
    Optional<Jitter> jitter,
    OptionalDouble grayscale,
    Optional<Blur> blur,
    Optional<Normalisation> normalisation) {
  /**
   * Mirroring and the crop from four pixels of padding that CIFAR networks are usually trained
   * with.
   */
  public static final Augmentation STANDARD = of(true, 4);

  private static final int MOST = 8;
  private static final double HALF_A_TURN = 180;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Augmentation {
    if (crop < 0 || crop > MOST) {
      throw new IllegalArgumentException(
          "expected a crop of 0 to " + MOST + " pixels, got " + crop);
    }
    requireUpTo(HALF_A_TURN, "degrees", degrees);
    requireUpTo(1, "a grayscale", grayscale);
  }

  private static void requireUpTo(double most, String what, OptionalDouble came) {
    if (came.isPresent() && !(came.getAsDouble() > 0 && came.getAsDouble() <= most)) {
      throw new IllegalArgumentException(
          "expected %s above 0 and at most %s, got %s".formatted(what, most, came.getAsDouble()));
    }
  }

  /** Mirroring and the padded crop, and nothing else. */
  public static Augmentation of(boolean flip, int crop) {
    return new Augmentation(
        flip,
        crop,
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
