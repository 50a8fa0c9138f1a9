package dev.espalier.domain.study;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a network is trained on. {@link Object#toString} names it in files, messages and reports; a
 * study has no two objectives of one name.
 */
public sealed interface Objective {
  /** The class of every image. */
  Objective LABELS = new Labels(Labelled.ALL);

  /** Which of four rotations was applied. */
  Objective ROTATION = new Rotation();

  /** Copies of an image, each turned a quarter more. */
  int ROTATIONS = 4;

  /** The objectives with their usual numbers. */
  List<Objective> USUAL =
      List.of(
          LABELS,
          ROTATION,
          new Exemplar(4, Mining.HINGE, 0.1, 128),
          new Npid(0, 0.1, 128),
          new S4l(new Labelled(0.1, Labelled.Of.IMAGES), 1),
          new Simclr(0.5, 128),
          new Swav(300, 0.1, 0.05, 128, 0, 20));

  /**
   * The class of each image: softmax cross-entropy over the data set's classes.
   *
   * @param labelled the images whose class is known; there are no others
   */
  record Labels(Labelled labelled) implements Objective {
    @Override
    public int inputs() {
      return 1;
    }

    @Override
    public Optional<Labelled> labelledImages() {
      return Optional.of(labelled);
    }

    @Override
    public Augmentation varied(Augmentation base) {
      return base;
    }

    @Override
    public String toString() {
      return "labels" + labelled;
    }
  }

  /**
   * Which of four rotations was applied: softmax cross-entropy over 0, 90, 180, 270 degrees, all
   * four of an image in a batch (Gidaris et al. 2018).
   */
  record Rotation() implements Objective {
    @Override
    public int inputs() {
      return ROTATIONS;
    }

    @Override
    public Optional<Labelled> labelledImages() {
      return Optional.empty();
    }

    @Override
    public Augmentation varied(Augmentation base) {
      return base;
    }

    @Override
    public String toString() {
      return "rotation";
    }
  }

  /**
   * An objective that looks at no labels, and compares views of images: a view's answer is a place
   * among the others, not a class.
   */
  sealed interface OfViews extends Objective {
    @Override
    default Optional<Labelled> labelledImages() {
      return Optional.empty();
    }

    @Override
    default Augmentation varied(Augmentation base) {
      return base.or(Augmentation.PARTS_AND_COLOURS);
    }
  }

  /**
   * Which inputs are variations of the same image (Dosovitskiy et al. 2016), learnt by a triplet
   * loss on Euclidean distances of embeddings (Doersch and Zisserman 2017): the farthest of the
   * same image is to be nearer than the nearest of another (Hermans et al. 2017, "batch hard").
   *
   * @param views variations of each image in a batch, 2 to 32
   * @param mining what is made of the two distances
   * @param margin by how much nearer, at least 0; 0 where {@code mining} knows none
   * @param dimensions of an embedding, 2 to 4,096
   */
  record Exemplar(int views, Mining mining, double margin, int dimensions) implements OfViews {
    private static final int MOST_VIEWS = 32;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public Exemplar {
      require(
          views >= 2 && views <= MOST_VIEWS, "2 to " + MOST_VIEWS + " views of an image", views);
      require(margin >= 0 && Double.isFinite(margin), "a margin of at least 0", margin);
      requireDimensions(dimensions);
    }

    @Override
    public int inputs() {
      return views;
    }

    @Override
    public Augmentation varied(Augmentation base) {
      return base.or(Augmentation.COLOURS_AND_TURNS);
    }

    @Override
    public String toString() {
      return "exemplar";
    }
  }

  /** What a triplet loss makes of the distances to the farthest positive and nearest negative. */
  enum Mining {
    /** max(0, margin + positive − negative). */
    HINGE,
    /** ln(1 + exp(positive − negative)). */
    SOFT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Which image it is, each a class of its own, by its embedding's likeness to those that a memory
   * bank keeps (Wu et al. 2018, "instance discrimination").
   *
   * @param negatives how many others of the bank an image is told from, by noise-contrastive
   *     estimation; 0 for all, by the whole softmax
   * @param temperature what likenesses are divided by, above 0
   * @param dimensions of an embedding, 2 to 4,096
   */
  record Npid(int negatives, double temperature, int dimensions) implements OfViews {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public Npid {
      require(negatives >= 0, "0 or more negatives", negatives);
      requireTemperature(temperature);
      requireDimensions(dimensions);
    }

    @Override
    public int inputs() {
      return 1;
    }

    @Override
    public String toString() {
      return "npid";
    }
  }

  /**
   * The class of those images whose class is known, and the rotation of all (Zhai et al. 2019,
   * S4L-Rotation): both cross-entropies are added, the class asked of all four copies.
   *
   * @param labelled the images whose class is known
   * @param weight what the rotation's cross-entropy counts, above 0
   */
  record S4l(Labelled labelled, double weight) implements Objective {
    /**
     * Checks the weight.
     *
     * @throws IllegalArgumentException when it is out of range
     */
    public S4l {
      require(weight > 0 && Double.isFinite(weight), "a weight above 0", weight);
    }

    @Override
    public int inputs() {
      return ROTATIONS;
    }

    @Override
    public Optional<Labelled> labelledImages() {
      return Optional.of(labelled);
    }

    @Override
    public Augmentation varied(Augmentation base) {
      return base;
    }

    @Override
    public String toString() {
      return "s4l" + labelled;
    }
  }

  /**
   * Which of a batch's inputs is the other view of the same image (Chen et al. 2020, SimCLR): the
   * normalised, temperature-scaled cross-entropy over all others.
   *
   * @param temperature what likenesses are divided by, above 0
   * @param dimensions of an embedding, 2 to 4,096; it comes from two dense layers
   */
  record Simclr(double temperature, int dimensions) implements OfViews {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public Simclr {
      requireTemperature(temperature);
      requireDimensions(dimensions);
    }

    @Override
    public int inputs() {
      return 2;
    }

    @Override
    public String toString() {
      return "simclr";
    }
  }

  /**
   * To which prototypes the other view of an image is assigned, the assignments of a batch being
   * spread evenly over all prototypes (Caron et al. 2020, SwAV).
   *
   * @param prototypes how many, 2 to 100,000
   * @param temperature what likenesses are divided by, above 0
   * @param epsilon how soft assignments are, above 0
   * @param dimensions of an embedding, 2 to 4,096; it comes from two dense layers
   * @param smallCrops how many small parts of an image are assigned beside its two views, 0 to 16
   * @param smallSize rows and columns of such a part as the network sees it, 4 to 512
   */
  record Swav(
      int prototypes,
      double temperature,
      double epsilon,
      int dimensions,
      int smallCrops,
      int smallSize)
      implements OfViews {
    private static final int MOST_PROTOTYPES = 100_000;
    private static final int MOST_CROPS = 16;
    private static final int SMALLEST = 4;
    private static final int LARGEST = 512;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public Swav {
      require(
          prototypes >= 2 && prototypes <= MOST_PROTOTYPES,
          "2 to " + MOST_PROTOTYPES + " prototypes",
          prototypes);
      requireTemperature(temperature);
      require(epsilon > 0 && Double.isFinite(epsilon), "an epsilon above 0", epsilon);
      require(
          smallCrops >= 0 && smallCrops <= MOST_CROPS,
          "0 to " + MOST_CROPS + " small crops",
          smallCrops);
      require(
          smallSize >= SMALLEST && smallSize <= LARGEST,
          "small crops of " + SMALLEST + " to " + LARGEST + " pixels",
          smallSize);
      requireDimensions(dimensions);
    }

    @Override
    public int inputs() {
      return 2;
    }

    @Override
    public String toString() {
      return "swav";
    }
  }

  /** How many inputs of a batch an image becomes. */
  int inputs();

  /** The images whose class is known to it; empty when it looks at no labels. */
  Optional<Labelled> labelledImages();

  /** Whether a network trained on the objective of that name answers with a class. */
  static boolean classifies(String name) {
    return name.equals("labels") || name.startsWith("labels-");
  }

  /**
   * {@code base} with what this objective needs beside, where {@code base} says nothing of it:
   * without colours and shapes that change, all views of an image would be told by trifles.
   */
  Augmentation varied(Augmentation base);

  private static void requireDimensions(int dimensions) {
    int most = 4096;
    require(
        dimensions >= 2 && dimensions <= most,
        "2 to " + most + " dimensions of an embedding",
        dimensions);
  }

  private static void requireTemperature(double temperature) {
    require(temperature > 0 && Double.isFinite(temperature), "a temperature above 0", temperature);
  }

  private static void require(boolean holds, String expected, Object came) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", got " + came);
    }
  }
}
