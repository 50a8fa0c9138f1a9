package dev.espalier.wire.report;

import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.report.MaskOverlap;
import dev.espalier.domain.report.MaskOverlaps;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.verdict.Verdicts;
import java.util.List;
import java.util.function.Function;

/**
 * A report, and what is worked out when it is written.
 *
 * @param report the figures
 * @param name what a person calls the study
 * @param overlaps how far its masks agree
 * @param verdicts what it says of the paper's conclusions
 */
public record Findings(Report report, String name, List<MaskOverlap> overlaps, Verdicts verdicts) {
  /** Copies the list. */
  public Findings {
    overlaps = List.copyOf(overlaps);
  }

  /** Works out what {@code report} says; {@code bits} finds its masks. */
  public static Findings of(Report report, String name, Function<MaskPublished, Mask> bits) {
    return new Findings(report, name, MaskOverlaps.of(report, bits), Verdicts.of(report));
  }
}
