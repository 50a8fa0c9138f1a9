package dev.espalier.cli.report;

import static java.util.stream.Collectors.joining;

import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.CutCell;
import dev.espalier.domain.report.Measurement;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.task.Score;
import dev.espalier.domain.task.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A report as comma-separated values, one row a measurement. The evaluation {@code cut} is the
 * network right after a cut, before any retraining, on its own objective. What is not known is
 * empty; no value needs quotes.
 */
final class ReportCsv {
  private static final List<String> HEADER =
      List.of(
          "arm",
          "objective",
          "evaluation",
          "level",
          "kept",
          "total",
          "density",
          "seed",
          "accuracy",
          "loss",
          "top5",
          "parameters",
          "parametersKept",
          "compression",
          "multiplyAdds",
          "multiplyAddsKept",
          "speedUp",
          "instability");

  private ReportCsv() {}

  static String of(Report report) {
    return Stream.of(
            Stream.of(HEADER),
            report.cells().stream().flatMap(ReportCsv::rows),
            report.cuts().stream().flatMap(ReportCsv::rows))
        .flatMap(rows -> rows)
        .map(row -> String.join(",", row) + "\n")
        .collect(joining());
  }

  private static Stream<List<String>> rows(Cell cell) {
    List<String> arm =
        List.of(
            cell.arm().toString(),
            cell.arm().objective().map(Object::toString).orElse(""),
            cell.arm().evaluation().map(Object::toString).orElse("trained"),
            Integer.toString(cell.level()));
    return cell.measurements().entrySet().stream()
        .map(one -> row(arm, one.getKey(), one.getValue()));
  }

  private static Stream<List<String>> rows(CutCell cut) {
    List<String> arm =
        List.of(
            cut.arm().toString().replace("trained", "cut"),
            cut.arm().objective().map(Object::toString).orElse(""),
            "cut",
            Integer.toString(cut.level()));
    return cut.measurements().entrySet().stream()
        .map(one -> row(arm, one.getKey(), one.getValue()));
  }

  private static List<String> row(List<String> arm, long seed, Measurement one) {
    Score score = one.score();
    Stream<String> measured =
        Stream.of(
            Long.toString(one.kept()),
            Long.toString(one.total()),
            fraction((double) one.kept() / one.total()),
            Long.toString(seed),
            fraction(score.accuracy()),
            fraction(score.loss()),
            score.top5().stream().mapToObj(ReportCsv::fraction).collect(joining()));
    Stream<String> unstable =
        Stream.of(one.instability().stream().mapToObj(ReportCsv::fraction).collect(joining()));
    return Stream.of(arm.stream(), measured, size(one.size()), unstable)
        .flatMap(values -> values)
        .toList();
  }

  private static Stream<String> size(Optional<Size> known) {
    return known
        .map(
            size ->
                Stream.of(
                    Long.toString(size.parameters()),
                    Long.toString(size.kept()),
                    fraction(size.compression()),
                    Long.toString(size.multiplyAdds()),
                    Long.toString(size.multiplyAddsKept()),
                    fraction(size.speedUp())))
        .orElseGet(() -> Stream.of("", "", "", "", "", ""));
  }

  private static String fraction(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
