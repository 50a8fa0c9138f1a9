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

  /** Some change of colours, and a small turn: how Exemplar's views differ beside the crop. */
  public static final Augmentation COLOURS_AND_TURNS =
      of(false, 0).withColours(0.4, 0).withDegrees(10);

  /**
   * A part of at least a fifth of the image, and changed colours: how views of contrastive
   * objectives differ on small images (Wu et al. 2018; Chen et al. 2020, appendix B.9).
   */
  public static final Augmentation PARTS_AND_COLOURS =
      of(false, 0).withColours(0.4, 0.2).withPart(0.2);

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

  /** This, and of {@code others} what this says nothing of; mirroring and crop stay. */
  public Augmentation or(Augmentation others) {
    return new Augmentation(
        flip,
        crop,
        resizedCrop.or(others::resizedCrop),
        degrees.isPresent() ? degrees : others.degrees,
        jitter.or(others::jitter),
        grayscale.isPresent() ? grayscale : others.grayscale,
        blur.or(others::blur),
        normalisation.or(others::normalisation));
  }

  private Augmentation withColours(double strength, double grey) {
    return new Augmentation(
        flip,
        crop,
        resizedCrop,
        degrees,
        Optional.of(new Jitter(strength, strength, strength, strength / 4, 1)),
        grey == 0 ? OptionalDouble.empty() : OptionalDouble.of(grey),
        blur,
        normalisation);
  }

  private Augmentation withDegrees(double most) {
    return new Augmentation(
        flip, crop, resizedCrop, OptionalDouble.of(most), jitter, grayscale, blur, normalisation);
  }

  private Augmentation withPart(double least) {
    return new Augmentation(
        flip,
        crop,
        Optional.of(new ResizedCrop(new Range(least, 1), ResizedCrop.USUAL.ratio())),
        degrees,
        jitter,
        grayscale,
        blur,
        normalisation);
  }
}
