package dev.espalier.cli.report;

import dev.espalier.cli.text.Figures;
import dev.espalier.domain.report.Comparison;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.task.Arm;
import java.util.List;
import java.util.stream.Stream;

/** What follows from a report's figures, in sentences. */
public final class Sentences {
  private Sentences() {}

  /**
   * That the budget is spent, where it is; a sentence for each comparison with the random control
   * at the lowest density; where a study has no such control, for every comparison.
   */
  public static List<String> of(Report report) {
    List<Comparison> control =
        report.comparisons().stream()
            .filter(pair -> pair.first().equals(Arm.RANDOM) || pair.second().equals(Arm.RANDOM))
            .toList();
    List<Comparison> told = control.isEmpty() ? report.comparisons() : control;
    return Stream.concat(ending(report), told.stream().map(Sentences::sentence)).toList();
  }

  private static Stream<String> ending(Report report) {
    return report.spent().stream()
        .map(
            limit ->
                "The study's budget is spent (%s): it ended with what it has, %d of %d tasks."
                    .formatted(limit, report.completed(), report.tasks()));
  }

  /** {@code At 51.2 % density labels/ticket is clearly better than random: +5.31 points, …}. */
  static String sentence(Comparison pair) {
    return pair.second().equals(Arm.RANDOM) || !pair.first().equals(Arm.RANDOM)
        ? sentence(pair, pair.first(), pair.second(), 1)
        : sentence(pair, pair.second(), pair.first(), -1);
  }

  private static String sentence(Comparison pair, Arm subject, Arm other, int sign) {
    double difference = sign * pair.difference();
    return "At %s density %s is %s %s: %s%s points, pooled standard error %s."
        .formatted(
            Figures.density(pair.density()),
            subject,
            relation(pair, difference),
            other,
            difference < 0 ? "−" : "+",
            Figures.percent(Math.abs(difference)),
            Figures.percent(pair.pooledStandardError()));
  }

  private static String relation(Comparison pair, double difference) {
    if (pair.isClearlyBetter() || pair.isClearlyWorse()) {
      return difference > 0 ? "clearly better than" : "clearly worse than";
    }
    return "not clearly apart from";
  }
}
