package dev.espalier.cli.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one plot over density shows.
 *
 * @param title the line above it
 * @param measure what rises from bottom to top
 * @param panels its fields, from left to right; a curve of the same name looks the same in each
 * @param references values of dense networks, drawn as level lines
 */
public record Chart(String title, String measure, List<Panel> panels, List<Reference> references) {
  private static final String ACCURACY = "test accuracy, mean ± standard error";

  /**
   * A level line.
   *
   * @param name what the legend calls it
   * @param stroke which line, as in {@link Curve}
   * @param mean the value, 0 to 1
   */
  public record Reference(String name, int stroke, double mean) {}

  /** Copies the lists. */
  public Chart {
    panels = List.copyOf(panels);
    references = List.copyOf(references);
  }

  /** A chart of accuracies with one field. */
  public Chart(String title, List<Curve> curves, List<Reference> references) {
    this(title, ACCURACY, List.of(new Panel("", curves)), references);
  }

  /** A chart of accuracies with several fields. */
  public static Chart ofPanels(String title, List<Panel> panels, List<Reference> references) {
    return new Chart(title, ACCURACY, panels, references);
  }

  List<Point> points() {
    return panels.stream()
        .flatMap(panel -> panel.curves().stream())
        .flatMap(curve -> curve.points().stream())
        .toList();
  }

  /** One curve of each name, in the order in which they come. */
  List<Curve> legend() {
    Map<String, Curve> byName = new LinkedHashMap<>();
    panels.stream()
        .flatMap(panel -> panel.curves().stream())
        .forEach(curve -> byName.putIfAbsent(curve.name(), curve));
    return List.copyOf(byName.values());
  }
}
