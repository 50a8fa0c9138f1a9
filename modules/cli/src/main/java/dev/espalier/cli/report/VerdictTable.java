package dev.espalier.cli.report;

import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import dev.espalier.domain.verdict.Ruling;
import dev.espalier.domain.verdict.Verdict;
import dev.espalier.domain.verdict.Verdicts;
import java.util.List;

/** Verdicts for people: a sentence and a table. */
final class VerdictTable {
  private static final String PAPER = "Caron et al. 2020";

  private VerdictTable() {}

  /** {@code Of 9 conclusions … 5 are supported, 1 is contradicted, 3 are undecided.} */
  static String summary(Verdicts verdicts) {
    return "Of %s that it bears on, it supports %d, contradicts %d and leaves %d open."
        .formatted(
            verdicts.verdicts().size() == 1
                ? "1 conclusion of " + PAPER
                : verdicts.verdicts().size() + " conclusions of " + PAPER,
            count(verdicts, Ruling.SUPPORTED),
            count(verdicts, Ruling.CONTRADICTED),
            count(verdicts, Ruling.UNDECIDED));
  }

  private static long count(Verdicts verdicts, Ruling ruling) {
    return verdicts.verdicts().stream().filter(verdict -> verdict.ruling() == ruling).count();
  }

  /** A row a verdict, in points of a hundred. */
  static Table of(Verdicts verdicts) {
    return new Table(
        List.of("conclusion", "verdict", "measured", "95 % interval", "seeds"),
        verdicts.verdicts().stream().map(VerdictTable::row).toList());
  }

  private static List<String> row(Verdict verdict) {
    return List.of(
        "%s (%s; %s)"
            .formatted(
                verdict.claim().statement(),
                verdict.claim().quantity().where(),
                verdict.claim().source().replace(PAPER + ", ", "")),
        "**" + verdict.ruling() + "**",
        signed(verdict.estimate().mean()),
        signed(verdict.estimate().low()) + " to " + signed(verdict.estimate().high()),
        Integer.toString(verdict.estimate().count()));
  }

  private static String signed(double fraction) {
    return (fraction < 0 ? "−" : "+") + Figures.percent(Math.abs(fraction));
  }
}
