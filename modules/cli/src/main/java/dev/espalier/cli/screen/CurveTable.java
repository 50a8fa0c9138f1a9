package dev.espalier.cli.screen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Accuracy against density: a row an arm, a column a density, from dense to sparse. */
public final class CurveTable {
  private static final String UNKNOWN = "–";

  private CurveTable() {}

  /**
   * The table of {@code curves}, as a gateway gives those of a study.
   *
   * @return a table without rows where nothing is known yet
   */
  public static Table of(JsonNode curves) {
    SortedMap<Integer, String> levels = levels(curves);
    List<String> header = new ArrayList<>(List.of("accuracy in % at density"));
    header.addAll(levels.values());
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode curve : curves) {
      if (!curve.path("points").isEmpty()) {
        rows.add(row(curve, levels));
      }
    }
    return new Table(header, rows);
  }

  /** What each level is called: by the density of the first arm that got there. */
  private static SortedMap<Integer, String> levels(JsonNode curves) {
    SortedMap<Integer, String> levels = new TreeMap<>();
    for (JsonNode curve : curves) {
      for (JsonNode point : curve.path("points")) {
        levels.putIfAbsent(point.path("level").asInt(), density(point));
      }
    }
    return levels;
  }

  private static List<String> row(JsonNode curve, SortedMap<Integer, String> levels) {
    SortedMap<Integer, String> cells = new TreeMap<>(levels);
    cells.replaceAll((level, density) -> UNKNOWN);
    for (JsonNode point : curve.path("points")) {
      int level = point.path("level").asInt();
      boolean usual = density(point).equals(levels.get(level));
      cells.put(level, usual ? mean(point) : mean(point) + " at " + density(point));
    }
    List<String> row = new ArrayList<>(List.of(curve.path("arm").asText()));
    row.addAll(cells.values());
    return row;
  }

  private static String density(JsonNode point) {
    return Figures.density(point.path("density").asDouble());
  }

  /** {@code 91.25 ± 0.40}; the mean alone where there is one seed. */
  static String mean(JsonNode point) {
    String mean = Figures.percent(point.path("mean").asDouble());
    return point.has("standardError")
        ? mean + " ± " + Figures.percent(point.path("standardError").asDouble())
        : mean;
  }
}
