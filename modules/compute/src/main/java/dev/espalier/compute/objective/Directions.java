package dev.espalier.compute.objective;

/** Rows divided by their Euclidean lengths. A row of zeros stays one, and has no gradient. */
final class Directions {
  private final int width;
  private final int rows;
  private final double[] units; // (rows, width)
  private final double[] lengths; // (rows)

  /** The directions of rows of so many values. */
  Directions(double[] values, int width) {
    this.width = width;
    this.rows = values.length / width;
    this.units = values.clone();
    this.lengths = new double[rows];
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      lengths[row] = Math.sqrt(Rows.dot(values, at, values, at, width));
      Rows.normalise(units, at, width);
    }
  }

  /** The directions, (rows, width). */
  double[] units() {
    return units;
  }

  /** How many there are. */
  int rows() {
    return rows;
  }

  /** The cosine of the angle between two of them. */
  double cosine(int one, int other) {
    return Rows.dot(units, one * width, units, other * width, width);
  }

  /**
   * Writes the gradient by the values: (g − u·(u·g)) ÷ length.
   *
   * @param byUnits g, by the directions, (rows, width)
   */
  void gradient(double[] byUnits, double[] to) {
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      double along = Rows.dot(units, at, byUnits, at, width);
      for (int i = at; i < at + width; i++) {
        to[i] = lengths[row] > 0 ? (byUnits[i] - units[i] * along) / lengths[row] : 0;
      }
    }
  }
}
