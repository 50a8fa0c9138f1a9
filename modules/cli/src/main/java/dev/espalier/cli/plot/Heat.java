package dev.espalier.cli.plot;

import java.util.List;

/**
 * A square of numbers, each row and column of which stands for the same thing.
 *
 * @param caption the line above it
 * @param rows from top to bottom, each from left to right
 */
public record Heat(String caption, List<List<Cell>> rows) {
  /**
   * A number of the square.
   *
   * @param depth how deep its colour is, 0 to 1
   * @param figure what is written on it
   * @param note what stands below that
   */
  public record Cell(double depth, String figure, String note) {}

  /** Copies the rows. */
  public Heat {
    rows = rows.stream().map(List::copyOf).toList();
  }
}
