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
 * @param size rows, and columns, of the pictures that are cut out of a folder's; absent means 224
 * @param resize what the shorter side of a folder's pictures is scaled to before their middle is
 *     cut out, at least the size; absent means the size itself
 * @param digest the digest of exactly these images; absent until the data were looked at, always
 *     there in a task
 */
public record DataSpec(
    Name name,
    OptionalInt train,
    OptionalInt test,
    OptionalInt size,
    OptionalInt resize,
    Optional<Digest> digest) {
  private static final int USUAL_SIZE = 224;
  private static final int LEAST_SIZE = 8;
  private static final int GREATEST_SIZE = 1024;

  /** The data sets that can be read. */
  public enum Name {
    /**
     * CIFAR-10 in its official binary layout: 50,000 and 10,000 colour pictures of 32 × 32, ten
     * classes.
     */
    CIFAR10,
    /** CIFAR-100 in its binary layout: as CIFAR-10, with a hundred fine classes. */
    CIFAR100,
    /** Square pictures of one size, grey or in colour, in MNIST's IDX files. */
    IDX,
    /** Colour pictures of any size in JPEG or PNG files, in a folder a class. */
    FOLDER,
    /** Generated colour pictures of 32 × 32 with one of ten shapes, in which up matters. */
    GLYPHS;

    /** The name in study files, messages and reports. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when a count is below 1, a size is out of range, or data that
   *     have a size of their own are given one
   */
  public DataSpec {
    requirePositive("train", train);
    requirePositive("test", test);
    if (name != Name.FOLDER && (size.isPresent() || resize.isPresent())) {
      throw new IllegalArgumentException(
          "expected a size or resize of folder data alone, got one of " + name);
    }
    requireWithin("size", LEAST_SIZE, size);
    requireWithin("resize", size.orElse(USUAL_SIZE), resize);
  }

  private static void requireWithin(String what, int least, OptionalInt came) {
    if (came.isPresent() && (came.getAsInt() < least || came.getAsInt() > GREATEST_SIZE)) {
      throw new IllegalArgumentException(
          "expected a %s of %d to %d, got %d"
              .formatted(what, least, GREATEST_SIZE, came.getAsInt()));
    }
  }

  private static void requirePositive(String what, OptionalInt count) {
    if (count.isPresent() && count.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 " + what + " image, got " + count.getAsInt());
    }
  }

  /** The first images of {@code name}. */
  public static DataSpec first(Name name, OptionalInt train, OptionalInt test) {
    return new DataSpec(
        name, train, test, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** All images of {@code name}. */
  public static DataSpec all(Name name) {
    return first(name, OptionalInt.empty(), OptionalInt.empty());
  }

  /** Rows, and columns, of the pictures that are cut out of a folder's. */
  public int pictureSize() {
    return size.orElse(USUAL_SIZE);
  }

  /** What the shorter side of a folder's pictures is scaled to before their middle is cut out. */
  public int shorterSide() {
    return resize.orElse(pictureSize());
  }

  /** The same choice, pinned to the images that {@code digest} names. */
  public DataSpec pinnedTo(Digest digest) {
    return new DataSpec(name, train, test, size, resize, Optional.of(digest));
  }
}
