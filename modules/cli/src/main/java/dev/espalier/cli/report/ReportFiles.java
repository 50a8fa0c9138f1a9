package dev.espalier.cli.report;

import dev.espalier.domain.event.Event.OutcomePublished;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.wire.report.Findings;
import dev.espalier.wire.report.ReportJson;
import java.nio.file.Path;

/**
 * Everything that a study leaves in its folder: {@code report.json}, {@code report.csv}, {@code
 * overlaps.csv}, {@code report.md}, figures as SVG and PNG, and {@code masks/<digest>.safetensors}.
 * Each file is whole at any time, and the report comes last: where it stands, what it names stands
 * too.
 */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Writes the files of {@code report} into {@code folder}, replacing those of an earlier run.
   *
   * @param name what a person calls the study
   * @param artifacts where masks are found that were too large for their events
   */
  public static void write(Report report, String name, Artifacts artifacts, Path folder) {
    report.masks().forEach(mask -> MaskFiles.write(mask.published(), artifacts, folder));
    Findings findings = Findings.of(report, name, mask -> MaskFiles.bitsOf(mask, artifacts));
    ReportFigures.of(findings)
        .forEach(
            (figure, drawing) -> {
              AtomicFile.write(folder.resolve(figure + ".svg"), drawing.svg());
              AtomicFile.write(folder.resolve(figure + ".png"), drawing.png());
            });
    AtomicFile.write(folder.resolve("report.csv"), ReportCsv.of(report));
    AtomicFile.write(folder.resolve("overlaps.csv"), OverlapCsv.of(findings.overlaps()));
    AtomicFile.write(folder.resolve("report.md"), ReportMarkdown.of(findings));
    AtomicFile.write(folder.resolve("report.json"), ReportJson.of(findings));
  }

  /** Why the task of {@code ended} gave no result. */
  public static String messageOf(OutcomePublished ended) {
    return ReportJson.messageOf(ended.outcome());
  }
}
