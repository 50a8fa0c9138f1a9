package dev.espalier.compute.data;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Normalisation;
import java.util.List;

/**
 * Generated pictures of ten shapes in which up matters, so that a network can learn both what is
 * shown and how it is turned. Nothing is read; picture i of a part is a function of (part, i).
 *
 * <p>A picture has a background that runs from one colour to another, some clutter, one shape of
 * random colour, place, size and slight turn, and noise.
 */
final class Glyphs {
  /** How many training images there are unless a study says otherwise. */
  static final int TRAIN = 10_000;

  /** How many test images there are unless a study says otherwise. */
  static final int TEST = 2_000;

  /** Mean and deviation of each channel over the first 10,000 training images. */
  static final Normalisation NORMALISATION =
      new Normalisation(List.of(0.3163, 0.3157, 0.3171), List.of(0.1998, 0.2001, 0.2001));

  private static final int MOST = 500_000;
  private static final int RECORD = Records.length(Records.CIFAR);

  private static final List<Outline> SHAPES =
      List.of(arrow(), tee(), ell(), house(), heart(), fir(), crown(), cup(), flag(), goblet());

  private Glyphs() {}

  /**
   * The first pictures of each part.
   *
   * @throws DataException when more are asked for than an array holds
   */
  static Dataset generate(int train, int test) {
    return new Dataset(SHAPES.size(), NORMALISATION, part("train", train), part("test", test));
  }

  private static Images part(String part, int count) {
    DataException.requireAtMost(part, "glyphs", count, MOST);
    byte[] records = new byte[count * RECORD];
    for (int i = 0; i < count; i++) {
      Draws draws = Draws.of(0, "glyphs " + part, i);
      int label = draws.below(SHAPES.size());
      records[i * RECORD] = (byte) label;
      new GlyphPainter(draws).paint(SHAPES.get(label), records, i * RECORD + 1);
    }
    return Records.takeOwnershipOf(Records.CIFAR, records);
  }

  private static Outline arrow() {
    return Outline.of(0, -1, 0.75, -0.2, 0.28, -0.2, 0.28, 1, -0.28, 1, -0.28, -0.2, -0.75, -0.2);
  }

  private static Outline tee() {
    return Outline.of(
        -0.8, -0.9, 0.8, -0.9, 0.8, -0.4, 0.25, -0.4, 0.25, 0.9, -0.25, 0.9, -0.25, -0.4, -0.8,
        -0.4);
  }

  private static Outline ell() {
    return Outline.of(-0.6, -1, -0.1, -1, -0.1, 0.5, 0.65, 0.5, 0.65, 1, -0.6, 1);
  }

  private static Outline house() {
    return Outline.of(
        0, -1, 0.9, -0.2, 0.65, -0.2, 0.65, 0.9, 0.2, 0.9, 0.2, 0.3, -0.2, 0.3, -0.2, 0.9, -0.65,
        0.9, -0.65, -0.2, -0.9, -0.2);
  }

  private static Outline heart() {
    return Outline.of(
        0, 0.95, -0.85, 0.05, -0.95, -0.4, -0.7, -0.8, -0.3, -0.8, 0, -0.45, 0.3, -0.8, 0.7, -0.8,
        0.95, -0.4, 0.85, 0.05);
  }

  private static Outline fir() {
    return Outline.of(
        0, -1, 0.5, -0.35, 0.25, -0.35, 0.8, 0.4, 0.2, 0.4, 0.2, 0.95, -0.2, 0.95, -0.2, 0.4, -0.8,
        0.4, -0.25, -0.35, -0.5, -0.35);
  }

  private static Outline crown() {
    return Outline.of(-0.9, 0.75, -0.9, -0.7, -0.45, 0, 0, -0.85, 0.45, 0, 0.9, -0.7, 0.9, 0.75);
  }

  private static Outline cup() {
    return Outline.of(
        -0.8, -0.9, -0.3, -0.9, -0.3, 0.4, 0.3, 0.4, 0.3, -0.9, 0.8, -0.9, 0.8, 0.9, -0.8, 0.9);
  }

  private static Outline flag() {
    return Outline.of(-0.7, -1, 0.85, -0.5, -0.3, 0, -0.3, 1, -0.7, 1);
  }

  private static Outline goblet() {
    return Outline.of(
        -0.7, -0.95, 0.7, -0.95, 0.15, 0.1, 0.15, 0.65, 0.6, 0.95, -0.6, 0.95, -0.15, 0.65, -0.15,
        0.1);
  }
}
