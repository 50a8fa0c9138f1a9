package dev.espalier.cli.plot;

/** A figure that can be drawn on any canvas. */
public abstract sealed class Drawing permits AccuracyPlot, OverlapPlot, LayerPlot {
  private static final int MARGIN = 24;

  Drawing() {}

  /** The width of its page, in units of which 96 make an inch. */
  abstract int width();

  /** The height of its page. */
  abstract int height();

  /** What it shows, in a line. */
  abstract String title();

  /** How wide a page must be for the title, written from {@code left} on. */
  final int widthOfTitle(int left) {
    return left + MARGIN + (int) Math.ceil(new StrokeFont(Lettering.TITLE.size()).width(title()));
  }

  /** Draws it, on a page that is empty. */
  abstract void drawOn(Canvas canvas);

  /** The figure as the text of an SVG file. The same figure gives the same text. */
  public final String svg() {
    return SvgCanvas.draw(this);
  }

  /** The figure as the bytes of a PNG file, two points to the unit: 192 an inch. */
  public final byte[] png() {
    return PictureCanvas.draw(this);
  }
}
