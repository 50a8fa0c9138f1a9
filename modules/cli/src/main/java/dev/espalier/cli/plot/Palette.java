package dev.espalier.cli.plot;

import java.util.List;

/**
 * Colours that stay apart for colour-blind readers (Okabe and Ito 2008, without the yellow that is
 * lost on white), each in a darker form for light pages and a lighter one for dark pages.
 */
final class Palette {
  static final int COLOURS = 6;
  private static final List<String> ON_LIGHT =
      List.of("#0072b2", "#b85c00", "#6b6b6b", "#00795a", "#a3447f", "#8a6d00");
  private static final List<String> ON_DARK =
      List.of("#56b4e9", "#ff9d4d", "#b5b5b5", "#2fd0a3", "#e594c3", "#e8c547");
  private static final List<String> DASHES = List.of("", "7 4", "2 3");

  private Palette() {}

  /** The style sheet of a plot: light by default, dark where the reader's system is. */
  static String styleSheet() {
    return "text{font-family:system-ui,sans-serif;font-size:13px;fill:#222}"
        + ".title{font-size:16px;font-weight:600}"
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

  static String dashes(int stroke) {
    return DASHES.get(stroke % DASHES.size());
  }
}
