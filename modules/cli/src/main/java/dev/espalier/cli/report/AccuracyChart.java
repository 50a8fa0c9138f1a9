package dev.espalier.cli.report;

import dev.espalier.cli.plot.Chart;
import dev.espalier.cli.plot.Curve;
import dev.espalier.cli.plot.Point;
import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Arm;
import java.util.List;
import java.util.Optional;

/**
 * A report as a plot: a colour says how a mask is judged, a stroke which objective found it. Only
 * accuracies on labels are drawn, since those on another objective share no scale with them.
 */
final class AccuracyChart {
  private AccuracyChart() {}

  static Chart of(Report report, String name) {
    Study study = report.content();
    List<Curve> curves =
        Report.armsOf(study).stream()
            .filter(AccuracyChart::isComparable)
            .map(arm -> curve(report, arm))
            .filter(curve -> !curve.points().isEmpty())
            .toList();
    return new Chart(Captions.of(report, name), curves, dense(report).stream().toList());
  }

  /** Whether it is of the study's own way to remove weights, and of accuracies on its own data. */
  private static boolean isComparable(Arm arm) {
    return arm.variant().isEmpty()
        && arm.evaluation().filter(AccuracyChart::isOnOwnLabels).isPresent();
  }

  private static boolean isOnOwnLabels(Evaluation evaluation) {
    return switch (evaluation.protocol()) {
      case TICKET, REINIT, RANDOM, ADJUSTED, SHUFFLED, PROBE, KNN, SVM, FINETUNE -> true;
      case TRANSFER, PRUNED, INSTABILITY -> false;
    };
  }

  private static Curve curve(Report report, Arm arm) {
    int colour = arm.evaluation().map(report.content().evaluations()::indexOf).orElse(0);
    int stroke = arm.objective().map(report.content().objectives()::indexOf).orElse(0);
    return new Curve(arm.toString(), colour, stroke, points(report, arm));
  }

  /** The accuracies of {@code arm}; a network without any weight has no place on the axis. */
  static List<Point> points(Report report, Arm arm) {
    return report.cells().stream()
        .filter(cell -> cell.arm().equals(arm) && cell.kept() > 0)
        .map(AccuracyChart::point)
        .toList();
  }

  private static Point point(Cell cell) {
    return new Point(cell.density(), cell.spread().mean(), cell.spread().standardError().orElse(0));
  }

  /** What the dense network reaches on labels; empty where it is not trained on them. */
  static Optional<Chart.Reference> dense(Report report) {
    return report
        .cell(Arm.trained(Objective.LABELS), 0)
        .map(cell -> new Chart.Reference("dense, on labels", 1, cell.spread().mean()));
  }
}
