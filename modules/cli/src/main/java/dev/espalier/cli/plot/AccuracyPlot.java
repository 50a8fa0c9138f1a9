package dev.espalier.cli.plot;

import dev.espalier.cli.plot.Canvas.Anchor;
import dev.espalier.cli.plot.Canvas.Spot;
import dev.espalier.cli.text.Figures;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Some measure of 0 to 1 against density: density on a logarithmic axis, falling to the right as
 * pruning proceeds; one curve an arm with a bar of one standard error up and down; dense networks
 * as level lines.
 */
public final class AccuracyPlot extends Drawing {
  private static final int LEFT = 70;
  private static final int ALONE = 540;
  private static final int BESIDE = 400;
  private static final int BETWEEN = 26;
  private static final int INSET = 20;
  private static final int TOP = 50;
  private static final int CAPTION = 22;
  private static final int FIELD = 380;
  private static final int FOOT = 60;
  private static final int CAP = Mark.RADIUS;

  private final Chart chart;
  private final int field;
  private final int top;
  private final int bottom;
  private final double least;
  private final Axis.Accuracy y;

  /** The plot of {@code chart}. */
  public AccuracyPlot(Chart chart) {
    this.chart = chart;
    boolean captions = chart.panels().stream().anyMatch(panel -> !panel.caption().isEmpty());
    this.field = chart.panels().size() > 1 ? BESIDE : ALONE;
    this.top = TOP + (captions ? CAPTION : 0);
    this.bottom = top + FIELD;
    this.least = chart.points().stream().mapToDouble(Point::density).min().orElse(0.1);
    this.y = Axis.Accuracy.over(values(chart), bottom, top);
  }

  private static double[] values(Chart chart) {
    return DoubleStream.concat(
            chart.points().stream().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())),
            chart.references().stream().mapToDouble(Chart.Reference::mean))
        .toArray();
  }

  @Override
  int width() {
    Stream<String> names =
        Stream.concat(
            chart.legend().stream().map(Curve::name),
            chart.references().stream().map(Chart.Reference::name));
    int drawn = left(chart.panels().size()) - BETWEEN + Legend.width(names);
    return Math.max(drawn, widthOfTitle(LEFT));
  }

  private int left(int panel) {
    return LEFT + panel * (field + BETWEEN);
  }

  @Override
  int height() {
    return bottom + FOOT;
  }

  @Override
  String title() {
    return chart.title();
  }

  @Override
  void drawOn(Canvas canvas) {
    canvas.text(Lettering.TITLE, new Spot(LEFT, 28), Anchor.START, chart.title());
    canvas.upwards(new Spot(18, (top + bottom) / 2.0), Anchor.MIDDLE, chart.measure());
    for (double tick : y.ticks()) {
      Spot at = new Spot(LEFT - 8, y.at(tick) + 4);
      canvas.text(Lettering.PLAIN, at, Anchor.END, Figures.density(tick));
    }
    for (int i = 0; i < chart.panels().size(); i++) {
      new Field(canvas, chart.panels().get(i), left(i)).draw();
    }
    Legend legend = new Legend(canvas, left(chart.panels().size()) - BETWEEN, top);
    chart.legend().forEach(legend::add);
    chart.references().forEach(line -> legend.stroke(Palette.AXIS, line.stroke() + 1, line.name()));
  }

  /** One panel where it lies. */
  private final class Field {
    private final Canvas canvas;
    private final Panel panel;
    private final int left;
    private final int right;
    private final Axis.Density x;

    private Field(Canvas canvas, Panel panel, int left) {
      this.canvas = canvas;
      this.panel = panel;
      this.left = left;
      this.right = left + field;
      this.x = new Axis.Density(least, left + INSET, right - INSET);
    }

    private void draw() {
      if (!panel.caption().isEmpty()) {
        Spot caption = new Spot((left + right) / 2.0, top - 10);
        canvas.text(Lettering.CAPTION, caption, Anchor.MIDDLE, panel.caption());
      }
      for (double tick : y.ticks()) {
        level(Palette.GRID, tick, "");
      }
      drawDensityAxis();
      chart
          .references()
          .forEach(line -> level(Palette.AXIS, line.mean(), Palette.dashes(line.stroke() + 1)));
      panel.curves().forEach(this::drawCurve);
    }

    private void level(Ink ink, double value, String dashes) {
      List<Spot> ends = List.of(new Spot(left, y.at(value)), new Spot(right, y.at(value)));
      canvas.line(ink, ink.equals(Palette.GRID) ? 1 : 1.5, dashes, ends);
    }

    private void drawDensityAxis() {
      canvas.line(Palette.AXIS, 1.5, "", List.of(new Spot(left, bottom), new Spot(right, bottom)));
      DoubleStream densities = chart.points().stream().mapToDouble(Point::density);
      for (double tick : x.ticks(densities)) {
        double at = x.at(tick);
        canvas.line(Palette.AXIS, 1.5, "", List.of(new Spot(at, bottom), new Spot(at, bottom + 5)));
        Spot label = new Spot(at, bottom + 21);
        canvas.text(Lettering.PLAIN, label, Anchor.MIDDLE, Figures.density(tick));
      }
      Spot name = new Spot((left + right) / 2.0, bottom + 45);
      canvas.text(Lettering.PLAIN, name, Anchor.MIDDLE, "density: prunable weights kept");
    }

    private void drawCurve(Curve curve) {
      canvas.open(curve.name());
      Ink ink = Palette.curve(curve.colour());
      List<Spot> spots = curve.points().stream().map(this::spot).toList();
      canvas.line(ink, 2, Palette.dashes(curve.stroke()), spots);
      for (Point point : curve.points()) {
        drawError(ink, point);
        Legend.drawMark(canvas, curve, spot(point));
      }
      canvas.close();
    }

    private Spot spot(Point point) {
      return new Spot(x.at(point.density()), y.at(point.mean()));
    }

    private void drawError(Ink ink, Point point) {
      if (point.standardError() == 0) {
        return;
      }
      double at = x.at(point.density());
      double low = y.at(point.low());
      double high = y.at(point.high());
      canvas.line(ink, 1.5, "", List.of(new Spot(at, low), new Spot(at, high)));
      for (double end : List.of(low, high)) {
        canvas.line(ink, 1.5, "", List.of(new Spot(at - CAP, end), new Spot(at + CAP, end)));
      }
    }
  }
}
