package dev.espalier.cli.report;

import dev.espalier.cli.plot.AccuracyPlot;
import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.task.Artifacts;
import java.nio.file.Path;

/**
 * Everything that a study leaves in its folder: {@code report.json}, {@code report.csv}, {@code
 * report.md}, {@code accuracy.svg}, and {@code masks/<digest>.safetensors}. Each file is whole at
 * any time, and the report comes last: where it stands, what it names stands too.
 */
public final class ReportFiles {
  static final String PLOT = "accuracy.svg";

  private ReportFiles() {}

  /**
   * Writes the files of {@code report} into {@code folder}, replacing those of an earlier run.
   *
   * @param name what a person calls the study
   * @param artifacts where masks are found that were too large for their events
   */
  public static void write(Report report, String name, Artifacts artifacts, Path folder) {
    report.masks().forEach(mask -> MaskFiles.write(mask, artifacts, folder));
    AtomicFile.write(folder.resolve(PLOT), AccuracyPlot.svg(AccuracyChart.of(report, name)));
    AtomicFile.write(folder.resolve("report.csv"), ReportCsv.of(report));
    AtomicFile.write(folder.resolve("report.md"), ReportMarkdown.of(report, name));
    AtomicFile.write(folder.resolve("report.json"), ReportJson.of(report, name));
  }

  /** Why the task of {@code ended} gave no result. */
  public static String messageOf(OutcomePublished ended) {
    return ReportJson.messageOf(ended.outcome());
  }
}
