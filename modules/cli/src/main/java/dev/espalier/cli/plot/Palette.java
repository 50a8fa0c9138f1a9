package dev.espalier.cli.plot;

import java.util.List;

/**
 * Colours that stay apart for colour-blind readers (Okabe and Ito 2008, without the yellow that is
 * lost on white), each in a darker form for light pages and a lighter one for dark pages.
 */
final class Palette {
  static final int COLOURS = 6;

  static final Ink PAGE = new Ink("page", "#ffffff");
  static final Ink AXIS = new Ink("axis", "#666666");
  static final Ink GRID = new Ink("grid", "#dddddd");
  static final Ink TEXT = new Ink("", "#222222");
  private static final List<String> ON_LIGHT =
      List.of("#0072b2", "#b85c00", "#6b6b6b", "#00795a", "#a3447f", "#8a6d00");
  private static final List<String> ON_DARK =
      List.of("#56b4e9", "#ff9d4d", "#b5b5b5", "#2fd0a3", "#e594c3", "#e8c547");
  private static final List<String> DASHES = List.of("", "7 4", "2 3");
  private static final int PALEST = 0xf1f5f9;
  private static final int DEEPEST = 0x08407a;

  private Palette() {}

  /** The ink of a curve. */
  static Ink curve(int colour) {
    int index = colour % COLOURS;
    return new Ink("s" + index, ON_LIGHT.get(index));
  }

  /**
   * The ink of an area whose depth is a number, the same on every page.
   *
   * @param depth 0 to 1
   */
  static Ink shade(double depth) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int pale = PALEST >> shift & 0xff;
      int deep = DEEPEST >> shift & 0xff;
      mixed |= (int) Math.round(pale + (deep - pale) * depth) << shift;
    }
    return Ink.plain("#%06x".formatted(mixed));
  }

  /** Whether letters on {@link #shade} must be light. */
  static boolean isDark(double depth) {
    return depth > 0.6;
  }

  /** The style sheet of a plot: light by default, dark where the reader's system is. */
  static String styleSheet() {
    return "text{font-family:system-ui,sans-serif;font-size:13px;fill:#222}"
        + ".title{font-size:16px;font-weight:600}.caption{font-size:14px;font-weight:600}"
        + ".small{font-size:11px}.light{fill:#fff}.dark{fill:#222}"
        + ".page{fill:#fff}.grid{stroke:#ddd}.axis{stroke:#666}.hollow{fill:#fff}"
        + colours(ON_LIGHT)
        + "@media(prefers-color-scheme:dark){text{fill:#e6e6e6}"
        + ".page{fill:#16191d}.grid{stroke:#343a42}.axis{stroke:#9aa0a8}.hollow{fill:#16191d}"
        + colours(ON_DARK)
        + "}";
  }

  private static String colours(List<String> values) {
    StringBuilder css = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      css.append(".s%d{stroke:%s}.f%d{fill:%s}".formatted(i, values.get(i), i, values.get(i)));
    }
    return css.toString();
  }

  /** The lengths drawn and left out of a stroke; empty for a whole line. */
  static String dashes(int stroke) {
    return DASHES.get(stroke % DASHES.size());
  }
}
