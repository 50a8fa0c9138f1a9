package dev.espalier.cli.plot;

import dev.espalier.cli.plot.Canvas.Spot;
import java.util.List;

/** The shapes of points. They go with colours, so that a print in grey still tells arms apart. */
enum Mark {
  /** A disc, whose radius is {@link #RADIUS}. */
  DISC,
  /** A square. */
  SQUARE,
  /** A triangle that stands on its base. */
  UP,
  /** A square on its corner. */
  DIAMOND,
  /** A triangle that stands on its point. */
  DOWN,
  /** An hourglass. */
  HOURGLASS;

  /** Half the width of a mark. */
  static final int RADIUS = 4;

  /** The mark that goes with a colour. */
  static Mark of(int colour) {
    return values()[colour % values().length];
  }

  /** The corners around the point that is marked, to be closed; a disc has none. */
  List<Spot> corners() {
    int r = RADIUS;
    return switch (this) {
      case DISC -> List.of();
      case SQUARE -> List.of(new Spot(-r, -r), new Spot(r, -r), new Spot(r, r), new Spot(-r, r));
      case UP -> List.of(new Spot(0, -r - 1), new Spot(r + 1, r), new Spot(-r - 1, r));
      case DIAMOND ->
          List.of(new Spot(0, -r - 2), new Spot(r + 2, 0), new Spot(0, r + 2), new Spot(-r - 2, 0));
      case DOWN -> List.of(new Spot(0, r + 1), new Spot(r + 1, -r), new Spot(-r - 1, -r));
      case HOURGLASS -> List.of(new Spot(-r, -r), new Spot(r, -r), new Spot(-r, r), new Spot(r, r));
    };
  }
}
