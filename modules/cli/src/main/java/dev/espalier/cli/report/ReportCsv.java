package dev.espalier.cli.report;

import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.Report;
import java.util.Locale;

/**
 * A report as comma-separated values, one row a measurement: {@code
 * arm,objective,evaluation,level,kept,total,density,seed,accuracy}. No value needs quotes.
 */
final class ReportCsv {
  private static final String HEADER =
      "arm,objective,evaluation,level,kept,total,density,seed,accuracy\n";

  private ReportCsv() {}

  static String of(Report report) {
    StringBuilder rows = new StringBuilder(HEADER);
    for (Cell cell : report.cells()) {
      cell.accuracies()
          .forEach((seed, accuracy) -> rows.append(row(cell, seed, accuracy)).append('\n'));
    }
    return rows.toString();
  }

  private static String row(Cell cell, long seed, double accuracy) {
    return String.join(
        ",",
        cell.arm().toString(),
        cell.arm().objective().map(Object::toString).orElse(""),
        cell.arm().evaluation().map(Object::toString).orElse("trained"),
        Integer.toString(cell.level()),
        Long.toString(cell.kept()),
        Long.toString(cell.total()),
        fraction(cell.density()),
        Long.toString(seed),
        fraction(accuracy));
  }

  private static String fraction(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
