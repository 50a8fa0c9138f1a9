package dev.espalier.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.text.Figures;
import dev.espalier.cli.text.Table;
import dev.espalier.domain.report.Cell;
import dev.espalier.domain.report.CutCell;
import dev.espalier.domain.report.MaskOverlap;
import dev.espalier.domain.report.MaskOverlap.Agreement;
import dev.espalier.domain.report.Pair;
import dev.espalier.domain.report.Report;
import dev.espalier.domain.report.Spread;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Size;
import dev.espalier.wire.Json;
import dev.espalier.wire.Presets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables of a report's page, those of masks and accuracies apart. */
final class MarkdownTables {
  private static final String UNKNOWN = "–";

  private MarkdownTables() {}

  /** The objectives' own accuracies, just after each cut and once retrained; empty if unknown. */
  static Optional<Table> beforeAndAfter(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Arm arm : Report.trainedArmsOf(report.content())) {
      if (report.cuts().stream().anyMatch(cut -> cut.arm().equals(arm))) {
        rows.add(row(Pair.nameOf(arm) + ", just cut", report, level -> before(report, arm, level)));
        rows.add(
            row(
                Pair.nameOf(arm) + ", retrained",
                report,
                level -> report.cell(arm, level).map(cell -> AccuracyTable.show(cell.spread()))));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Table(header("accuracy in % at density", report), rows));
  }

  private static Optional<String> before(Report report, Arm arm, int level) {
    return report.cuts().stream()
        .filter(cut -> cut.arm().equals(arm) && cut.level() == level)
        .map(CutCell::spread)
        .map(AccuracyTable::show)
        .findFirst();
  }

  private static List<String> header(String corner, Report report) {
    return Stream.concat(
            Stream.of(corner),
            levels(report).mapToObj(level -> AccuracyTable.density(report, level)))
        .toList();
  }

  private static IntStream levels(Report report) {
    return IntStream.range(0, AccuracyTable.levels(report));
  }

  private static List<String> row(String name, Report report, IntFunction<Optional<String>> cell) {
    return Stream.concat(
            Stream.of(name), levels(report).mapToObj(level -> cell.apply(level).orElse(UNKNOWN)))
        .toList();
  }

  /** How much smaller networks are under the masks of each objective; empty if unknown. */
  static Optional<Table> sizes(Report report) {
    Map<String, Arm> sized = new LinkedHashMap<>();
    for (Cell cell : report.cells()) {
      Arm arm = cell.arm();
      if (arm.evaluation().isPresent() && cell.size().isPresent()) {
        sized.putIfAbsent(masks(arm), arm);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    sized.forEach(
        (masks, arm) ->
            rows.add(
                row(
                    masks,
                    report,
                    level ->
                        report.cell(arm, level).flatMap(Cell::size).map(MarkdownTables::show))));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Table(header("compression · speed-up at density", report), rows));
  }

  private static String masks(Arm arm) {
    return arm.objective()
        .map(objective -> Pair.nameOf(Arm.trained(objective).in(arm.variant())))
        .orElse(arm.toString());
  }

  private static String show(Size size) {
    return times(size.compression()) + " · " + times(size.speedUp());
  }

  private static String times(double factor) {
    return String.format(Locale.ROOT, "%.2f ×", factor);
  }

  /** The part of answers among the five likeliest; empty where nobody counted. */
  static Optional<Table> top5(Report report) {
    return table("top-5 accuracy in % at density", report, Cell::top5);
  }

  /** How much more often networks between two copies err than they do; empty where not asked. */
  static Optional<Table> instability(Report report) {
    return table("instability in points at density", report, Cell::instability);
  }

  /** A row for each arm that has the figure. */
  private static Optional<Table> table(
      String corner, Report report, Function<Cell, Optional<Spread>> figure) {
    List<Arm> arms =
        report.cells().stream()
            .filter(cell -> figure.apply(cell).isPresent())
            .map(Cell::arm)
            .distinct()
            .toList();
    List<List<String>> rows =
        arms.stream()
            .map(
                arm ->
                    row(
                        arm.toString(),
                        report,
                        level -> report.cell(arm, level).flatMap(figure).map(AccuracyTable::show)))
            .toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Table(header(corner, report), rows));
  }

  /** How far masks agree, beside chance. */
  static Table overlaps(List<MaskOverlap> overlaps) {
    return new Table(
        List.of("masks", "density", "overlap", "chance", "by layer", "× chance"),
        overlaps.stream().map(MarkdownTables::overlap).toList());
  }

  private static List<String> overlap(MaskOverlap overlap) {
    Agreement all = overlap.all();
    return List.of(
        overlap.pair().toString(),
        Figures.density(overlap.density()),
        AccuracyTable.show(all.iou()),
        Figures.percent(all.chance()),
        Figures.percent(all.chanceByTensor()),
        String.format(Locale.ROOT, "%.2f", all.timesChance()));
  }

  /** Every setting of the study, those left out of its file too. */
  static Table settings(Report report) {
    List<List<String>> rows = new ArrayList<>();
    collect("", Json.tree(report.content()), rows);
    for (Presets.Preset preset : Presets.of(report.content())) {
      rows.add(List.of("preset " + preset.name(), preset.source()));
    }
    return new Table(List.of("setting", "value"), rows);
  }

  private static void collect(String name, JsonNode value, List<List<String>> rows) {
    if (!value.isObject()) {
      rows.add(List.of(name, "`" + text(value) + "`"));
      return;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String path = name.isEmpty() ? entry.getKey() : name + "." + entry.getKey();
      collect(path, entry.getValue(), rows);
    }
  }

  private static String text(JsonNode value) {
    boolean plain = value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode);
    return plain
        ? value.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "))
        : value.isTextual() ? value.asText() : value.toString();
  }
}
