package dev.espalier.cli.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Accuracy against density as SVG: density on a logarithmic axis, falling to the right as pruning
 * proceeds; one curve an arm with a bar of one standard error up and down; dense networks as level
 * lines.
 */
public final class AccuracyPlot {
  private static final int WIDTH = 860;
  private static final int LEFT = 70;
  private static final int RIGHT = 610;
  private static final int TOP = 50;
  private static final int BOTTOM = 430;
  private static final int HEIGHT = 490;
  private static final int LEGEND = RIGHT + 30;
  private static final int LINE = 22;
  private static final int MARK = 4;

  private final Chart chart;
  private final Axis.Density x;
  private final Axis.Accuracy y;
  private final StringBuilder svg = new StringBuilder();

  private AccuracyPlot(Chart chart) {
    this.chart = chart;
    double least = chart.points().stream().mapToDouble(Point::density).min().orElse(0.1);
    this.x = new Axis.Density(least, LEFT + 20.0, RIGHT - 20.0);
    this.y = Axis.Accuracy.over(accuracies(chart), BOTTOM, TOP);
  }

  private static double[] accuracies(Chart chart) {
    return DoubleStream.concat(
            chart.points().stream().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())),
            chart.references().stream().mapToDouble(Chart.Reference::mean))
        .toArray();
  }

  /**
   * The picture of {@code chart}, as the text of an SVG file. The same chart gives the same text.
   */
  public static String svg(Chart chart) {
    return new AccuracyPlot(chart).draw();
  }

  private String draw() {
    add(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-labelledby=\"title\">")
            .formatted(WIDTH, HEIGHT));
    add(
        "<title id=\"title\">%s</title><style>%s</style>"
            .formatted(escape(chart.title()), Palette.styleSheet()));
    add("<rect class=\"page\" width=\"%d\" height=\"%d\"/>".formatted(WIDTH, HEIGHT));
    text("title", LEFT, 28, "start", chart.title());
    drawAccuracyAxis();
    drawDensityAxis();
    chart.references().forEach(this::drawReference);
    chart.curves().forEach(this::drawCurve);
    drawLegend();
    add("</svg>");
    return svg.toString();
  }

  private void drawAccuracyAxis() {
    for (double tick : y.ticks()) {
      line("grid", LEFT, y.at(tick), RIGHT, y.at(tick), "");
      text("", LEFT - 8, y.at(tick) + 4, "end", percent(tick));
    }
    add(
        "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>"
            .formatted((TOP + BOTTOM) / 2, "test accuracy, mean ± standard error"));
  }

  private void drawDensityAxis() {
    line("axis", LEFT, BOTTOM, RIGHT, BOTTOM, "");
    DoubleStream densities = chart.points().stream().mapToDouble(Point::density);
    for (double tick : x.ticks(densities)) {
      line("axis", x.at(tick), BOTTOM, x.at(tick), BOTTOM + 5, "");
      text("", x.at(tick), BOTTOM + 21, "middle", percent(tick));
    }
    text("", (LEFT + RIGHT) / 2.0, BOTTOM + 45, "middle", "density: prunable weights kept");
  }

  private void drawReference(Chart.Reference reference) {
    double level = y.at(reference.mean());
    line("axis", LEFT, level, RIGHT, level, Palette.dashes(reference.stroke() + 1));
  }

  private void drawCurve(Curve curve) {
    String path =
        curve.points().stream()
            .map(point -> number(x.at(point.density())) + "," + number(y.at(point.mean())))
            .collect(Collectors.joining(" "));
    add("<g><title>%s</title>".formatted(escape(curve.name())));
    add(
        "<polyline class=\"s%d\" points=\"%s\" fill=\"none\" stroke-width=\"2\"%s/>"
            .formatted(colour(curve), path, dashes(Palette.dashes(curve.stroke()))));
    for (Point point : curve.points()) {
      drawError(curve, point);
      drawMark(curve, x.at(point.density()), y.at(point.mean()));
    }
    add("</g>");
  }

  private void drawError(Curve curve, Point point) {
    double at = x.at(point.density());
    String colour = "s" + colour(curve);
    line(colour, at, y.at(point.low()), at, y.at(point.high()), "");
    for (double end : List.of(point.low(), point.high())) {
      line(colour, at - MARK, y.at(end), at + MARK, y.at(end), "");
    }
  }

  /**
   * A mark whose shape goes with the colour, so that a print in grey still tells the arms apart.
   */
  private void drawMark(Curve curve, double cx, double cy) {
    String fill = curve.stroke() % 2 == 0 ? "f" + colour(curve) : "hollow";
    String look = "class=\"s%d %s\" stroke-width=\"1.5\"".formatted(colour(curve), fill);
    int r = MARK;
    String shape =
        switch (colour(curve)) {
          case 0 -> "M-%1$d,0a%1$d,%1$d 0 1,0 %2$d,0a%1$d,%1$d 0 1,0 -%2$d,0".formatted(r, 2 * r);
          case 1 -> "M-%1$d,-%1$dh%2$dv%2$dh-%2$dz".formatted(r, 2 * r);
          case 2 -> "M0,-%1$dl%1$d,%2$dh-%2$dz".formatted(r + 1, 2 * (r + 1));
          case 3 -> "M0,-%1$dl%1$d,%1$dl-%1$d,%1$dl-%1$d,-%1$dz".formatted(r + 2);
          case 4 -> "M0,%1$dl%1$d,-%2$dh-%2$dz".formatted(r + 1, 2 * (r + 1));
          default -> "M-%1$d,-%1$dl%2$d,%2$dM%1$d,-%1$dl-%2$d,%2$d".formatted(r, 2 * r);
        };
    add(
        "<path d=\"%s\" transform=\"translate(%s %s)\" %s/>"
            .formatted(shape, number(cx), number(cy), look));
  }

  private void drawLegend() {
    double at = TOP + 10;
    for (Curve curve : chart.curves()) {
      line("s" + colour(curve), LEGEND, at, LEGEND + 34, at, Palette.dashes(curve.stroke()));
      drawMark(curve, LEGEND + 17, at);
      text("", LEGEND + 42, at + 4, "start", curve.name());
      at += LINE;
    }
    for (Chart.Reference reference : chart.references()) {
      line("axis", LEGEND, at, LEGEND + 34, at, Palette.dashes(reference.stroke() + 1));
      text("", LEGEND + 42, at + 4, "start", reference.name());
      at += LINE;
    }
  }

  private static int colour(Curve curve) {
    return curve.colour() % Palette.COLOURS;
  }

  private void line(String style, double x1, double y1, double x2, double y2, String dashes) {
    add(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke-width=\"1.5\"%s/>"
            .formatted(style, number(x1), number(y1), number(x2), number(y2), dashes(dashes)));
  }

  private static String dashes(String pattern) {
    return pattern.isEmpty() ? "" : " stroke-dasharray=\"" + pattern + "\"";
  }

  private void text(String style, double atX, double atY, String anchor, String text) {
    String look = style.isEmpty() ? "" : " class=\"" + style + "\"";
    add(
        "<text%s x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(look, number(atX), number(atY), anchor, escape(text)));
  }

  private void add(String line) {
    svg.append(line).append('\n');
  }

  private static String percent(double fraction) {
    String text = String.format(Locale.ROOT, fraction < 0.1 ? "%.2f" : "%.1f", fraction * 100);
    return text.replaceFirst("\\.?0+$", "") + " %";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
