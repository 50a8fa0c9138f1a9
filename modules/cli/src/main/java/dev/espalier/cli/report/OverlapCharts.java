package dev.espalier.cli.report;

import dev.espalier.cli.plot.Chart;
import dev.espalier.cli.plot.Curve;
import dev.espalier.cli.plot.Heat;
import dev.espalier.cli.plot.LayerPlot;
import dev.espalier.cli.plot.OverlapPlot;
import dev.espalier.cli.plot.Panel;
import dev.espalier.cli.plot.Point;
import dev.espalier.cli.text.Figures;
import dev.espalier.domain.report.MaskOverlap;
import dev.espalier.domain.report.MaskOverlap.Agreement;
import dev.espalier.domain.report.Pair;
import dev.espalier.domain.task.Arm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The overlaps of masks as figures. */
final class OverlapCharts {
  private static final String MEASURE = "intersection over union";
  private static final int FEW = 4;
  private static final String WEIGHT = ".weight";
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final List<MaskOverlap> overlaps;
  private final List<Pair> pairs;
  private final List<Arm> arms;
  private final String caption;

  /**
   * The figures of {@code overlaps}, of which there is at least one.
   *
   * @param caption what the study is called
   */
  OverlapCharts(List<MaskOverlap> overlaps, String caption) {
    this.overlaps = overlaps;
    List<Pair> all = overlaps.stream().map(MaskOverlap::pair).distinct().toList();
    List<Pair> own = all.stream().filter(OverlapCharts::isOfOwnWay).toList();
    this.pairs = own.isEmpty() ? all : own;
    this.arms =
        all.stream().flatMap(pair -> Stream.of(pair.first(), pair.second())).distinct().toList();
    this.caption = caption;
  }

  /** Curves are of the study's own way to remove weights; its variants are in the squares. */
  private static boolean isOfOwnWay(Pair pair) {
    return pair.first().variant().isEmpty() && pair.second().variant().isEmpty();
  }

  /** Arms × arms at the first, a middle and the last level; of many arms at the last alone. */
  OverlapPlot squares() {
    List<Integer> levels = overlaps.stream().map(MaskOverlap::level).distinct().toList();
    List<Heat> squares =
        Stream.of(0, levels.size() / 2, levels.size() - 1)
            .filter(index -> arms.size() <= FEW || index == levels.size() - 1)
            .distinct()
            .map(levels::get)
            .map(this::square)
            .toList();
    return new OverlapPlot(
        caption + ", overlap of masks",
        arms.stream().map(Pair::nameOf).toList(),
        squares,
        "Intersection over union; on the diagonal across seeds, else from the same seeds.");
  }

  private Heat square(int level) {
    List<List<Heat.Cell>> rows = new ArrayList<>();
    for (Arm row : arms) {
      rows.add(arms.stream().map(column -> cell(row, column, level)).toList());
    }
    return new Heat(Figures.density(at(level).getFirst().density()) + " density", rows);
  }

  private Heat.Cell cell(Arm row, Arm column, int level) {
    return at(level).stream()
        .filter(
            overlap ->
                overlap.pair().equals(new Pair(row, column))
                    || overlap.pair().equals(new Pair(column, row)))
        .map(MaskOverlap::all)
        .map(all -> new Heat.Cell(all.iou().mean(), Figures.density(all.iou().mean()), times(all)))
        .findFirst()
        .orElse(new Heat.Cell(0, "–", ""));
  }

  private static String times(Agreement all) {
    return String.format(Locale.ROOT, "%.1f × chance", all.timesChance());
  }

  private List<MaskOverlap> at(int level) {
    return overlaps.stream().filter(overlap -> overlap.level() == level).toList();
  }

  /** Each pair against density, beside chance. */
  Chart byDensity() {
    List<Curve> curves = new ArrayList<>();
    for (Pair pair : pairs) {
      List<Point> points =
          overlaps.stream()
              .filter(overlap -> overlap.pair().equals(pair) && overlap.density() > 0)
              .map(OverlapCharts::point)
              .toList();
      curves.add(new Curve(pair.toString(), Colours.of(pairs.indexOf(pair)), 0, points));
    }
    curves.add(new Curve("chance", Colours.CHANCE, 1, chance()));
    String title = caption + ", overlap of masks";
    return new Chart(title, MEASURE, List.of(new Panel("", curves)), List.of());
  }

  private static Point point(MaskOverlap overlap) {
    return new Point(
        overlap.density(),
        overlap.all().iou().mean(),
        overlap.all().iou().standardError().orElse(0));
  }

  private List<Point> chance() {
    return overlaps.stream()
        .map(MaskOverlap::level)
        .distinct()
        .map(this::at)
        .filter(level -> level.getFirst().density() > 0)
        .map(
            level ->
                new Point(
                    mean(level, MaskOverlap::density),
                    mean(level, overlap -> overlap.all().chance()),
                    0))
        .toList();
  }

  private static double mean(List<MaskOverlap> level, ToDoubleFunction<MaskOverlap> value) {
    return level.stream().mapToDouble(value).average().orElse(0);
  }

  /** Each pair layer by layer at the last level, beside chance. */
  LayerPlot byLayer() {
    List<MaskOverlap> last = at(overlaps.getLast().level());
    List<Agreement> tensors = last.getFirst().tensors();
    List<Integer> order =
        IntStream.range(0, tensors.size())
            .boxed()
            .sorted(Comparator.comparing(i -> inOrder(tensors.get(i).name())))
            .toList();
    List<LayerPlot.Row> rows = new ArrayList<>();
    for (MaskOverlap overlap : last.stream().filter(one -> pairs.contains(one.pair())).toList()) {
      rows.add(
          new LayerPlot.Row(
              overlap.pair().toString(),
              Colours.of(pairs.indexOf(overlap.pair())),
              0,
              order.stream().map(i -> overlap.tensors().get(i).iou().mean()).toList()));
    }
    rows.add(
        new LayerPlot.Row(
            "chance",
            Colours.CHANCE,
            1,
            order.stream()
                .map(i -> mean(last, overlap -> overlap.tensors().get(i).chance()))
                .toList()));
    return new LayerPlot(
        "%s, overlap of masks at %s density"
            .formatted(caption, Figures.density(last.getFirst().density())),
        MEASURE,
        order.stream().map(i -> layer(tensors.get(i).name())).toList(),
        rows);
  }

  /** A name that sorts numbers by their size. */
  private static String inOrder(String name) {
    return NUMBER.matcher(name).replaceAll(number -> "%9s".formatted(number.group()));
  }

  private static String layer(String tensor) {
    return tensor.endsWith(WEIGHT)
        ? tensor.substring(0, tensor.length() - WEIGHT.length())
        : tensor;
  }
}
