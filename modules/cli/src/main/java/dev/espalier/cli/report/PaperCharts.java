package dev.espalier.cli.report;

import dev.espalier.cli.plot.Chart;
import dev.espalier.cli.plot.Curve;
import dev.espalier.cli.plot.Panel;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Arm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A report as the figures of Caron et al. 2020: a colour says which objective found a mask, grey is
 * chance.
 */
final class PaperCharts {
  private PaperCharts() {}

  /**
   * Masks retrained on labels, winning tickets beside fresh weights (figures 3, 5 and 8); empty
   * where a study does neither.
   */
  static Optional<Chart> retraining(Report report, String name) {
    List<Panel> panels =
        Stream.of(
                new Panel("Winning tickets", curves(report, Evaluation.TICKET, true)),
                new Panel("Random re-initialisation", curves(report, Evaluation.REINIT, true)))
            .filter(PaperCharts::hasFound)
            .toList();
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Chart.ofPanels(
                Captions.of(report, name) + ", retrained on labels",
                panels,
                AccuracyChart.dense(report).stream().toList()));
  }

  /** Whether there is more than chance. */
  private static boolean hasFound(Panel panel) {
    return panel.curves().stream().anyMatch(curve -> curve.colour() != Colours.CHANCE);
  }

  /** What a linear classifier reads off frozen features (figure 1); empty without any. */
  static Optional<Chart> features(Report report, String name) {
    List<Curve> curves = curves(report, Evaluation.PROBE, false);
    return curves.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart(
                Captions.of(report, name) + ", linear classifier on frozen features",
                curves,
                List.of()));
  }

  private static List<Curve> curves(Report report, Evaluation evaluation, boolean withChance) {
    Study study = report.content();
    Stream<Curve> found =
        study.objectives().stream()
            .filter(objective -> study.evaluations().contains(evaluation))
            .map(objective -> curve(report, objective, evaluation));
    Stream<Curve> chance =
        Stream.of(new Curve("random", Colours.CHANCE, 1, AccuracyChart.points(report, Arm.RANDOM)));
    return Stream.concat(found, withChance ? chance : Stream.of())
        .filter(curve -> !curve.points().isEmpty())
        .toList();
  }

  private static Curve curve(Report report, Objective objective, Evaluation evaluation) {
    int index = report.content().objectives().indexOf(objective);
    return new Curve(
        objective.toString(),
        Colours.of(index),
        0,
        AccuracyChart.points(report, Arm.of(objective, evaluation)));
  }
}
