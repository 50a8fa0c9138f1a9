package dev.espalier.domain.verdict;

import dev.espalier.domain.report.Report;
import java.util.List;

/**
 * What a study says of the paper's conclusions. Each is judged by itself at 95 % confidence:
 * nothing is corrected for there being many.
 *
 * @param verdicts of the claims that it bears on
 * @param untested the other claims about what it trains on
 */
public record Verdicts(List<Verdict> verdicts, List<Untested> untested) {
  /** Copies the lists. */
  public Verdicts {
    verdicts = List.copyOf(verdicts);
    untested = List.copyOf(untested);
  }

  /** The verdicts that {@code report} allows. */
  public static Verdicts of(Report report) {
    return new Judge(report).judge(Claims.about(report.content()));
  }
}
