package dev.espalier.domain.study;

import java.util.Locale;

/**
 * The training images whose class is known. They are drawn by the seed, so that a smaller share
 * lies within a larger one.
 *
 * @param share of what, above 0 and at most 1; rounded, and at least one
 * @param of what the share is of
 */
public record Labelled(double share, Of of) {
  /** All of them. */
  public static final Labelled ALL = new Labelled(1, Of.IMAGES);

  /** What a share is of. */
  public enum Of {
    /** Of the images of each class. */
    IMAGES,
    /** Of the classes: all of their images, and none of the others'. */
    CLASSES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public Labelled {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "expected a share above 0 and at most 1 of labelled " + of + ", got " + share);
    }
  }

  /** Nothing for all; else {@code -0.1}, {@code -0.1-classes}. */
  @Override
  public String toString() {
    if (share == 1) {
      return "";
    }
    return of == Of.IMAGES ? "-" + share : "-" + share + "-" + of;
  }
}
