package dev.espalier.cli.plot;

import dev.espalier.cli.plot.Canvas.Anchor;
import dev.espalier.cli.plot.Canvas.Spot;
import java.util.List;

/** Squares of numbers side by side, each number on a colour as deep as it is large. */
public final class OverlapPlot extends Drawing {
  private static final int LEFT = 120;
  private static final int TOP = 96;
  private static final int SIDE = 104;
  private static final int BETWEEN = 40;
  private static final int MARGIN = 24;
  private static final int LEAST = 620; // for the line below

  private final String title;
  private final List<String> names;
  private final List<Heat> squares;
  private final String legend;

  /**
   * The plot of {@code squares}.
   *
   * @param title the line above them
   * @param names of their rows and columns
   * @param legend what the numbers are, a line below them
   */
  public OverlapPlot(String title, List<String> names, List<Heat> squares, String legend) {
    this.title = title;
    this.names = List.copyOf(names);
    this.squares = List.copyOf(squares);
    this.legend = legend;
  }

  @Override
  int width() {
    int drawn = Math.max(LEAST, left(squares.size()) - BETWEEN + MARGIN);
    return Math.max(drawn, widthOfTitle(MARGIN));
  }

  private int left(int square) {
    return LEFT + square * (names.size() * SIDE + BETWEEN);
  }

  @Override
  int height() {
    return TOP + names.size() * SIDE + 2 * MARGIN;
  }

  @Override
  String title() {
    return title;
  }

  @Override
  void drawOn(Canvas canvas) {
    canvas.text(Lettering.TITLE, new Spot(MARGIN, 28), Anchor.START, title);
    for (int i = 0; i < names.size(); i++) {
      Spot at = new Spot(LEFT - 10, TOP + (i + 0.5) * SIDE + 4);
      canvas.text(Lettering.PLAIN, at, Anchor.END, names.get(i));
    }
    for (int i = 0; i < squares.size(); i++) {
      draw(canvas, squares.get(i), left(i));
    }
    Spot below = new Spot(MARGIN, TOP + names.size() * SIDE + 28);
    canvas.text(Lettering.PLAIN, below, Anchor.START, legend);
  }

  private void draw(Canvas canvas, Heat square, int left) {
    double middle = left + names.size() * SIDE / 2.0;
    canvas.text(Lettering.CAPTION, new Spot(middle, TOP - 32), Anchor.MIDDLE, square.caption());
    for (int row = 0; row < square.rows().size(); row++) {
      Spot name = new Spot(left + (row + 0.5) * SIDE, TOP - 8);
      canvas.text(Lettering.PLAIN, name, Anchor.MIDDLE, names.get(row));
      for (int column = 0; column < square.rows().size(); column++) {
        Spot corner = new Spot(left + column * SIDE, TOP + row * SIDE);
        draw(canvas, square.rows().get(row).get(column), corner);
      }
    }
  }

  private static void draw(Canvas canvas, Heat.Cell cell, Spot corner) {
    canvas.fill(Palette.shade(cell.depth()), corner, SIDE - 2, SIDE - 2);
    Lettering lettering = Palette.isDark(cell.depth()) ? Lettering.LIGHT : Lettering.DARK;
    Spot middle = new Spot(corner.x() + SIDE / 2.0, corner.y() + SIDE / 2.0 - 4);
    canvas.text(lettering, middle, Anchor.MIDDLE, cell.figure());
    Spot below = new Spot(middle.x(), middle.y() + 20);
    canvas.text(lettering, below, Anchor.MIDDLE, cell.note());
  }
}
