package dev.espalier.cli.plot;

import java.util.List;

/**
 * What a figure is drawn on: a page measured in units of which 96 make an inch, from its upper left
 * corner. Whoever draws knows neither file formats nor fonts.
 */
interface Canvas {
  /** Where a text lies beside its place. */
  enum Anchor {
    /** The text begins there. */
    START,
    /** The text is centred there. */
    MIDDLE,
    /** The text ends there. */
    END
  }

  /**
   * A place on the page.
   *
   * @param x to the right
   * @param y downwards
   */
  record Spot(double x, double y) {}

  /** Begins what belongs together, under a name that a reader's program may show. */
  void open(String name);

  /** Ends what was begun last. */
  void close();

  /**
   * Draws straight lines from spot to spot.
   *
   * @param width of the line
   * @param dashes of {@link Palette#dashes}: lengths drawn and left out in turn; none for a whole
   *     line
   */
  void line(Ink ink, double width, String dashes, List<Spot> spots);

  /** Draws a mark, filled with its ink or hollow. */
  void mark(Mark mark, Ink ink, boolean full, Spot at);

  /** Fills a rectangle whose upper left corner is at {@code at}. */
  void fill(Ink ink, Spot at, double width, double height);

  /** Writes a text, its baseline at {@code at}. */
  void text(Lettering lettering, Spot at, Anchor anchor, String text);

  /** Writes a text upwards, its baseline at {@code at}. */
  void upwards(Spot at, Anchor anchor, String text);
}
