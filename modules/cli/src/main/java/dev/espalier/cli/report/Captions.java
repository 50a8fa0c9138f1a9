package dev.espalier.cli.report;

import dev.espalier.domain.report.Report;
import dev.espalier.domain.study.Study;

/** What figures are called. */
final class Captions {
  private Captions() {}

  /** {@code small: resnet8 on glyphs, 3 seeds}. */
  static String of(Report report, String name) {
    Study study = report.content();
    int seeds = study.seeds().size();
    return "%s: %s on %s, %d seed%s"
        .formatted(name, study.network(), study.data().name(), seeds, seeds == 1 ? "" : "s");
  }
}
