package dev.espalier.cli.plot;

/** How texts look. */
enum Lettering {
  /** The line above a figure. */
  TITLE(16, true, Palette.TEXT),
  /** The line above a part of a figure. */
  CAPTION(14, true, Palette.TEXT),
  /** Everything else. */
  PLAIN(13, false, Palette.TEXT),
  /** What has little room. */
  SMALL(11, false, Palette.TEXT),
  /** On pale ground, whatever the page. */
  DARK(13, false, Palette.TEXT),
  /** On dark ground, whatever the page. */
  LIGHT(13, false, Palette.PAGE);

  private final int size;
  private final boolean heavy;
  private final Ink ink;

  Lettering(int size, boolean heavy, Ink ink) {
    this.size = size;
    this.heavy = heavy;
    this.ink = ink;
  }

  /** The height of a line, in units. */
  int size() {
    return size;
  }

  /** Whether strokes are thicker. */
  boolean isHeavy() {
    return heavy;
  }

  /** Its colour. */
  Ink ink() {
    return ink;
  }
}
