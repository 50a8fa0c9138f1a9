package dev.espalier.compute.augment;

import dev.espalier.compute.random.Draws;
import dev.espalier.domain.study.Augmentation;

/**
 * Which part of a picture an input shows that is as large as the picture: a crop of the picture
 * padded with zeros, perhaps mirrored.
 *
 * @param down how many rows the crop lies below the picture
 * @param right how many columns it lies to the picture's right
 * @param mirrored whether the crop is mirrored left to right
 */
record View(int down, int right, boolean mirrored) {
  /** The picture as it is. */
  static final View STRAIGHT = new View(0, 0, false);

  /** The view that {@code draws} choose. */
  static View draw(Draws draws, Augmentation augmentation) {
    int choices = 2 * augmentation.crop() + 1;
    int down = draws.below(choices) - augmentation.crop();
    int right = draws.below(choices) - augmentation.crop();
    return new View(down, right, augmentation.flip() && draws.below(2) == 1);
  }

  /** The first column, of {@code size}, in which the view shows the picture. */
  int firstColumn(int size) {
    return Math.clamp(mirrored ? right : -right, 0, size);
  }

  /** The column after the last in which the view shows the picture. */
  int endColumn(int size) {
    return Math.clamp(mirrored ? (long) size + right : (long) size - right, 0, size);
  }

  /** The picture's column that the view shows in {@code column}. */
  int sourceColumn(int column, int size) {
    return (mirrored ? size - 1 - column : column) + right;
  }

  /** The picture's row that the view shows in {@code row}; padding unless 0 to size − 1. */
  int sourceRow(int row) {
    return row + down;
  }

  /** From one column's source to the next one's. */
  int step() {
    return mirrored ? -1 : 1;
  }
}
