package dev.espalier.cli.report;

import dev.espalier.cli.plot.AccuracyPlot;
import dev.espalier.cli.plot.Drawing;
import dev.espalier.domain.report.Report;
import dev.espalier.wire.report.Findings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of a report. */
final class ReportFigures {
  static final String ACCURACY = "accuracy";
  static final String RETRAINING = "retraining";
  static final String FEATURES = "features";
  static final String VARIANTS = "variants";
  static final String TRANSFERS = "transfers";
  static final String OVERLAP = "overlap";
  static final String OVERLAP_BY_DENSITY = "overlap-by-density";
  static final String OVERLAP_BY_LAYER = "overlap-by-layer";

  private ReportFigures() {}

  /** Those that there is something to draw of, by the names of their files. */
  static Map<String, Drawing> of(Findings findings) {
    Report report = findings.report();
    String name = findings.name();
    Map<String, Drawing> figures = new LinkedHashMap<>();
    figures.put(ACCURACY, new AccuracyPlot(AccuracyChart.of(report, name)));
    PaperCharts paper = new PaperCharts(report, name);
    paper.retraining().ifPresent(chart -> figures.put(RETRAINING, new AccuracyPlot(chart)));
    paper.features().ifPresent(chart -> figures.put(FEATURES, new AccuracyPlot(chart)));
    paper.variants().ifPresent(chart -> figures.put(VARIANTS, new AccuracyPlot(chart)));
    paper.transfers().ifPresent(chart -> figures.put(TRANSFERS, new AccuracyPlot(chart)));
    if (!findings.overlaps().isEmpty()) {
      OverlapCharts charts = new OverlapCharts(findings.overlaps(), Captions.of(report, name));
      figures.put(OVERLAP, charts.squares());
      figures.put(OVERLAP_BY_DENSITY, new AccuracyPlot(charts.byDensity()));
      figures.put(OVERLAP_BY_LAYER, charts.byLayer());
    }
    return figures;
  }
}
