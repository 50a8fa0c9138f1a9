package dev.espalier.domain.study;

import dev.espalier.domain.Digest;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which images to train and test on.
 *
 * @param name which data set
 * @param train how many of its training images, the first ones; absent means all
 * @param test how many of its test images, the first ones; absent means all
 * @param digest the digest of exactly these images; absent until the data were looked at, always
 *     there in a task
 */
public record DataSpec(Name name, OptionalInt train, OptionalInt test, Optional<Digest> digest) {
  /** The data sets that can be read. */
  public enum Name {
    /**
     * CIFAR-10 in its official binary layout: 50,000 and 10,000 colour pictures of 32 × 32, ten
     * classes.
     */
    CIFAR10,
    /** Generated colour pictures of 32 × 32 with one of ten shapes, in which up matters. */
    GLYPHS;

    /** The name in study files, messages and reports. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when one is below 1
   */
  public DataSpec {
    requirePositive("train", train);
    requirePositive("test", test);
  }

  private static void requirePositive(String what, OptionalInt count) {
    if (count.isPresent() && count.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 " + what + " image, got " + count.getAsInt());
    }
  }

  /** All images of {@code name}. */
  public static DataSpec all(Name name) {
    return new DataSpec(name, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** The same choice, pinned to the images that {@code digest} names. */
  public DataSpec pinnedTo(Digest digest) {
    return new DataSpec(name, train, test, Optional.of(digest));
  }
}
