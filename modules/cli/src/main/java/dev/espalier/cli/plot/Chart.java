package dev.espalier.cli.plot;

import java.util.List;

/**
 * What one plot shows.
 *
 * @param title the line above it
 * @param curves the arms, in the order of the legend
 * @param references accuracies of dense networks, drawn as level lines
 */
public record Chart(String title, List<Curve> curves, List<Reference> references) {

  /**
   * A level line.
   *
   * @param name what the legend calls it
   * @param stroke which line, as in {@link Curve}
   * @param mean the accuracy, 0 to 1
   */
  public record Reference(String name, int stroke, double mean) {}

  /** Copies the lists. */
  public Chart {
    curves = List.copyOf(curves);
    references = List.copyOf(references);
  }

  List<Point> points() {
    return curves.stream().flatMap(curve -> curve.points().stream()).toList();
  }
}
