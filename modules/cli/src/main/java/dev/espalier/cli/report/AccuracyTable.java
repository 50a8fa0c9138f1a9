package dev.espalier.cli.report;

import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.report.Spread;
import dev.espalier.domain.study.Pruning;
import dev.espalier.domain.task.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The table that a study ends with: its arms × densities, mean ± standard error in per cent. */
public final class AccuracyTable {
  private static final String UNKNOWN = "–";

  private AccuracyTable() {}

  /** The table of what {@code report} knows; a dash stands where nothing is known yet. */
  public static Table of(Report report) {
    int levels = levels(report);
    List<String> header = new ArrayList<>(List.of("accuracy in % at density"));
    IntStream.range(0, levels).mapToObj(level -> density(report, level)).forEach(header::add);
    List<List<String>> rows =
        Report.armsOf(report.content()).stream().map(arm -> row(report, arm, levels)).toList();
    return new Table(header, rows);
  }

  /** How many levels there are, the dense network counted. */
  static int levels(Report report) {
    return 1
        + report.content().prunings().values().stream().mapToInt(Pruning::rounds).max().orElse(0);
  }

  /** {@code 51.2 %}; the level where nothing is known yet. */
  static String density(Report report, int level) {
    return report.cells().stream()
        .filter(cell -> cell.level() == level)
        .findFirst()
        .map(cell -> Figures.density(cell.density()))
        .orElse("level " + level);
  }

  private static List<String> row(Report report, Arm arm, int levels) {
    List<String> row = new ArrayList<>(List.of(arm.toString()));
    for (int level = 0; level < levels; level++) {
      String header = density(report, level);
      row.add(report.cell(arm, level).map(cell -> show(cell, header)).orElse(UNKNOWN));
    }
    return row;
  }

  /** A variant may have other densities than the study's own way, so it says which. */
  private static String show(Cell cell, String header) {
    String density = Figures.density(cell.density());
    String shown = show(cell.spread());
    return density.equals(header) ? shown : shown + " at " + density;
  }

  /** {@code 91.25 ± 0.40}; the mean alone where there is one seed. */
  static String show(Spread spread) {
    String mean = Figures.percent(spread.mean());
    return spread.standardError().isPresent()
        ? mean + " ± " + Figures.percent(spread.standardError().getAsDouble())
        : mean;
  }
}
