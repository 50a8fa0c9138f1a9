package dev.espalier.cli.plot;

import dev.espalier.cli.plot.Canvas.Anchor;
import dev.espalier.cli.plot.Canvas.Spot;
import dev.espalier.cli.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Some measure of 0 to 1 layer by layer, one curve over all layers for each thing compared. */
public final class LayerPlot extends Drawing {
  private static final int LEFT = 70;
  private static final int TOP = 50;
  private static final int FIELD = 320;
  private static final int STEP = 22;
  private static final int LETTER = 7;

  /**
   * A line over the layers.
   *
   * @param name what the legend calls it
   * @param colour which colour and mark, as in {@link Curve}
   * @param stroke which line, as in {@link Curve}
   * @param values one a layer, 0 to 1
   */
  public record Row(String name, int colour, int stroke, List<Double> values) {
    /** Copies the values. */
    public Row {
      values = List.copyOf(values);
    }
  }

  private final String title;
  private final String measure;
  private final List<String> layers;
  private final List<Row> rows;
  private final Axis.Accuracy y;

  /**
   * The plot of {@code rows}.
   *
   * @param title the line above it
   * @param measure what rises from bottom to top
   * @param layers the layers' names, from the first to the last
   */
  public LayerPlot(String title, String measure, List<String> layers, List<Row> rows) {
    this.title = title;
    this.measure = measure;
    this.layers = List.copyOf(layers);
    this.rows = List.copyOf(rows);
    this.y =
        Axis.Accuracy.over(
            Stream.concat(Stream.of(0.0), rows.stream().flatMap(row -> row.values().stream()))
                .mapToDouble(Double::doubleValue)
                .toArray(),
            TOP + FIELD,
            TOP);
  }

  @Override
  int width() {
    int drawn = right() + Legend.width(rows.stream().map(Row::name));
    return Math.max(drawn, widthOfTitle(LEFT));
  }

  private int right() {
    return LEFT + STEP * Math.max(16, layers.size() + 1);
  }

  private double x(int layer) {
    return LEFT + (right() - LEFT) * (layer + 1.0) / (layers.size() + 1);
  }

  @Override
  int height() {
    int longest = layers.stream().mapToInt(String::length).max().orElse(0);
    return TOP + FIELD + 36 + LETTER * longest;
  }

  @Override
  String title() {
    return title;
  }

  @Override
  void drawOn(Canvas canvas) {
    canvas.text(Lettering.TITLE, new Spot(LEFT, 28), Anchor.START, title);
    canvas.upwards(new Spot(18, TOP + FIELD / 2.0), Anchor.MIDDLE, measure);
    for (double tick : y.ticks()) {
      Spot at = new Spot(LEFT - 8, y.at(tick) + 4);
      canvas.text(Lettering.PLAIN, at, Anchor.END, Figures.density(tick));
      line(canvas, Palette.GRID, new Spot(LEFT, y.at(tick)), new Spot(right(), y.at(tick)));
    }
    line(canvas, Palette.AXIS, new Spot(LEFT, TOP + FIELD), new Spot(right(), TOP + FIELD));
    for (int layer = 0; layer < layers.size(); layer++) {
      line(
          canvas,
          Palette.AXIS,
          new Spot(x(layer), TOP + FIELD),
          new Spot(x(layer), TOP + FIELD + 5));
      canvas.upwards(new Spot(x(layer) + 4, TOP + FIELD + 12), Anchor.END, layers.get(layer));
    }
    Legend legend = new Legend(canvas, right(), TOP);
    for (Row row : rows) {
      draw(canvas, row);
      legend.add(new Curve(row.name(), row.colour(), row.stroke(), List.of()));
    }
  }

  private static void line(Canvas canvas, Ink ink, Spot from, Spot to) {
    canvas.line(ink, ink.equals(Palette.GRID) ? 1 : 1.5, "", List.of(from, to));
  }

  private void draw(Canvas canvas, Row row) {
    Curve look = new Curve(row.name(), row.colour(), row.stroke(), List.of());
    List<Spot> spots = new ArrayList<>();
    for (int layer = 0; layer < row.values().size(); layer++) {
      spots.add(new Spot(x(layer), y.at(row.values().get(layer))));
    }
    canvas.open(row.name());
    canvas.line(Palette.curve(row.colour()), 2, Palette.dashes(row.stroke()), spots);
    spots.forEach(spot -> Legend.drawMark(canvas, look, spot));
    canvas.close();
  }
}
