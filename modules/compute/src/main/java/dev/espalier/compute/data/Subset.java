package dev.espalier.compute.data;

import dev.espalier.compute.random.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of the images of a data set, chosen by chance: those that have labels in semi-supervised
 * training (Caron et al. 2020, section 4.3 and figure 5). A function of the images' labels, the
 * fraction and the seed; of one seed the smaller fraction lies within the larger.
 */
public final class Subset {
  private final int[] indices;

  private Subset(int[] indices) {
    this.indices = indices;
  }

  /**
   * So many images of every class: fraction × images ÷ classes, rounded, and at least 1; of a class
   * with fewer all.
   *
   * @param classes how many classes there are
   * @param fraction above 0 and at most 1
   * @throws IllegalArgumentException when the fraction is out of range
   */
  public static Subset ofImages(Images images, int classes, double fraction, long seed) {
    int each = share((double) images.count() / classes, fraction);
    List<List<Integer>> members = byClass(images, classes);
    IntStream chosen =
        IntStream.range(0, classes)
            .flatMap(
                label -> drawn(members.get(label), each, Draws.of(seed, "labelled images", label)));
    return new Subset(chosen.sorted().toArray());
  }

  /**
   * All images of some classes: fraction × classes, rounded, and at least 1.
   *
   * @param classes how many classes there are
   * @param fraction above 0 and at most 1
   * @throws IllegalArgumentException when the fraction is out of range
   */
  public static Subset ofClasses(Images images, int classes, double fraction, long seed) {
    List<Integer> all = IntStream.range(0, classes).boxed().toList();
    int count = share(classes, fraction);
    List<List<Integer>> members = byClass(images, classes);
    IntStream chosen =
        drawn(all, count, Draws.of(seed, "labelled classes"))
            .flatMap(label -> members.get(label).stream().mapToInt(image -> image));
    return new Subset(chosen.sorted().toArray());
  }

  private static int share(double whole, double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "expected a fraction above 0 and at most 1, got " + fraction);
    }
    return Math.max(1, (int) Math.round(whole * fraction));
  }

  private static List<List<Integer>> byClass(Images images, int classes) {
    List<List<Integer>> members = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      members.add(new ArrayList<>());
    }
    for (int image = 0; image < images.count(); image++) {
      members.get(images.label(image)).add(image);
    }
    return members;
  }

  /** The first {@code count} of {@code all}, or all, in a drawn order: more begin with the same. */
  private static IntStream drawn(List<Integer> all, int count, Draws draws) {
    return Arrays.stream(draws.permutation(all.size())).limit(count).map(all::get);
  }

  /** How many images are in it. */
  public int count() {
    return indices.length;
  }

  /**
   * The number of an image in the whole data set.
   *
   * @param place its place among those in here, from 0; they stand in ascending order
   */
  public int index(int place) {
    return indices[place];
  }

  /** A copy of the numbers of all its images, ascending. */
  public int[] indices() {
    return indices.clone();
  }

  /** Whether image {@code index} of the whole data set is in it. */
  public boolean contains(int index) {
    return Arrays.binarySearch(indices, index) >= 0;
  }

  @Override
  public String toString() {
    return indices.length + " chosen pictures";
  }
}
