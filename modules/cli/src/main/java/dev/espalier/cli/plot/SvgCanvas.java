package dev.espalier.cli.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws as the text of an SVG file that stands alone. */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder();

  private SvgCanvas() {}

  /** The text of {@code drawing}. The same drawing gives the same text. */
  static String draw(Drawing drawing) {
    SvgCanvas canvas = new SvgCanvas();
    canvas.add(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-labelledby=\"title\">")
            .formatted(drawing.width(), drawing.height()));
    canvas.add(
        "<title id=\"title\">%s</title><style>%s</style>"
            .formatted(escape(drawing.title()), Palette.styleSheet()));
    canvas.fill(Palette.PAGE, new Spot(0, 0), drawing.width(), drawing.height());
    drawing.drawOn(canvas);
    canvas.add("</svg>");
    return canvas.svg.toString();
  }

  @Override
  public void open(String name) {
    add("<g><title>%s</title>".formatted(escape(name)));
  }

  @Override
  public void close() {
    add("</g>");
  }

  @Override
  public void line(Ink ink, double width, String dashes, List<Spot> spots) {
    String look = dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"";
    String path =
        spots.stream()
            .map(spot -> number(spot.x()) + "," + number(spot.y()))
            .collect(Collectors.joining(" "));
    add(
        "<polyline class=\"%s\" points=\"%s\" fill=\"none\" stroke-width=\"%s\"%s/>"
            .formatted(ink.style(), path, number(width), look));
  }

  @Override
  public void mark(Mark mark, Ink ink, boolean full, Spot at) {
    String fill = full ? ink.style().replace('s', 'f') : "hollow";
    String look = "class=\"%s %s\" stroke-width=\"1.5\"".formatted(ink.style(), fill);
    if (mark == Mark.DISC) {
      add(
          "<circle cx=\"%s\" cy=\"%s\" r=\"%d\" %s/>"
              .formatted(number(at.x()), number(at.y()), Mark.RADIUS, look));
      return;
    }
    String corners =
        mark.corners().stream()
            .map(corner -> number(at.x() + corner.x()) + "," + number(at.y() + corner.y()))
            .collect(Collectors.joining(" "));
    add("<polygon points=\"%s\" %s/>".formatted(corners, look));
  }

  @Override
  public void fill(Ink ink, Spot at, double width, double height) {
    String look =
        ink.style().isEmpty() ? "fill=\"" + ink.light() + "\"" : "class=\"" + ink.style() + "\"";
    add(
        "<rect %s x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
            .formatted(look, number(at.x()), number(at.y()), number(width), number(height)));
  }

  @Override
  public void text(Lettering lettering, Spot at, Anchor anchor, String text) {
    String place = "x=\"%s\" y=\"%s\"".formatted(number(at.x()), number(at.y()));
    write(lettering, place, anchor, text);
  }

  @Override
  public void upwards(Spot at, Anchor anchor, String text) {
    String place =
        "transform=\"translate(%s %s) rotate(-90)\"".formatted(number(at.x()), number(at.y()));
    write(Lettering.PLAIN, place, anchor, text);
  }

  private void write(Lettering lettering, String place, Anchor anchor, String text) {
    String look =
        lettering == Lettering.PLAIN
            ? ""
            : " class=\"" + lettering.name().toLowerCase(Locale.ROOT) + "\"";
    add(
        "<text%s %s text-anchor=\"%s\">%s</text>"
            .formatted(look, place, anchor.name().toLowerCase(Locale.ROOT), escape(text)));
  }

  private void add(String line) {
    svg.append(line).append('\n');
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
