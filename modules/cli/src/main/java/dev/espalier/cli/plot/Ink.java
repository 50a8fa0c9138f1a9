package dev.espalier.cli.plot;

/**
 * A colour by its purpose.
 *
 * @param style what a style sheet calls it; empty when it has but one look
 * @param light the colour on light pages, {@code #rrggbb}
 */
record Ink(String style, String light) {
  /** A colour that is the same on every page. */
  static Ink plain(String colour) {
    return new Ink("", colour);
  }

  /** Red, green and blue, 0 to 255 each, on a light page. */
  int rgb() {
    return Integer.parseInt(light.substring(1), 16);
  }
}
