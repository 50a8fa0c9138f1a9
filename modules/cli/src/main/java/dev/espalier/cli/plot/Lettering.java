package dev.espalier.cli.plot;

/** How texts look. */
enum Lettering {
  /** The line above a figure. */
  TITLE(16, true),
  /** The line above a part of a figure. */
  CAPTION(14, true),
  /** Everything else. */
  PLAIN(13, false),
  /** What has little room. */
  SMALL(11, false),
  /** On pale ground, whatever the page. */
  DARK(13, false),
  /** On dark ground, whatever the page. */
  LIGHT(13, false);

  private final int size;
  private final boolean heavy;

  Lettering(int size, boolean heavy) {
    this.size = size;
    this.heavy = heavy;
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
    return this == LIGHT ? Palette.PAGE : Palette.TEXT;
  }
}
