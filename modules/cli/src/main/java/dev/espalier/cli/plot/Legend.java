package dev.espalier.cli.plot;

import dev.espalier.cli.plot.Canvas.Anchor;
import dev.espalier.cli.plot.Canvas.Spot;
import java.util.List;
import java.util.stream.Stream;

/** Draws what names curves, line by line. */
final class Legend {
  private static final int STEP = 22;
  private static final int SAMPLE = 34;
  private static final int MARGIN = 30;

  private final Canvas canvas;
  private final double left;
  private double at;

  /** A legend in what {@link #width} says to the right of {@code right}. */
  Legend(Canvas canvas, double right, double top) {
    this.canvas = canvas;
    this.left = right + MARGIN;
    this.at = top + 10;
  }

  /** How wide a legend of {@code names} is, with room around it. */
  static int width(Stream<String> names) {
    StrokeFont font = new StrokeFont(Lettering.PLAIN.size());
    return (int) Math.ceil(SAMPLE + 2 * MARGIN + names.mapToDouble(font::width).max().orElse(0));
  }

  /** Adds a curve. */
  void add(Curve curve) {
    stroke(Palette.curve(curve.colour()), curve.stroke(), curve.name());
    drawMark(canvas, curve, new Spot(left + SAMPLE / 2.0, at - STEP));
  }

  /** Adds a line without marks. */
  void stroke(Ink ink, int stroke, String name) {
    canvas.line(
        ink, 1.5, Palette.dashes(stroke), List.of(new Spot(left, at), new Spot(left + SAMPLE, at)));
    canvas.text(Lettering.PLAIN, new Spot(left + SAMPLE + 8, at + 4), Anchor.START, name);
    at += STEP;
  }

  /** Draws the mark of {@code curve}: full or hollow, by its stroke. */
  static void drawMark(Canvas canvas, Curve curve, Spot at) {
    boolean full = curve.stroke() % 2 == 0;
    canvas.mark(Mark.of(curve.colour()), Palette.curve(curve.colour()), full, at);
  }
}
