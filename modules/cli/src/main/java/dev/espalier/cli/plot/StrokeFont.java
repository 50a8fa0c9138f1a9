package dev.espalier.cli.plot;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Letters made of strokes of a pen, from {@code letters.txt} beside this class, which says how they
 * are written down. Accents are left out; a letter that is not there is an empty box.
 */
final class StrokeFont {
  private static final double CAPITAL = 7; // the height of capitals in the table's units
  private static final double CAPITAL_PART = 0.72; // of the font's size
  private static final double GAP = 1.9;
  private static final Map<Integer, Glyph> GLYPHS = read();
  private static final Glyph BOX = new Glyph(4, List.of("0,0 4,0 4,7 0,7 0,0"));

  private final double scale;

  /**
   * The font at a size.
   *
   * @param size the height of a line
   */
  StrokeFont(double size) {
    this.scale = size * CAPITAL_PART / CAPITAL;
  }

  private record Glyph(double width, List<String> strokes) {}

  private static Map<Integer, Glyph> read() {
    Map<Integer, Glyph> glyphs = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(StrokeFont.class.getResourceAsStream("letters.txt")),
                StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith("##")).forEach(line -> add(line, glyphs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(glyphs);
  }

  private static void add(String line, Map<Integer, Glyph> glyphs) {
    String[] parts = line.substring(2).split(";", -1);
    List<String> strokes = Stream.of(parts).skip(1).map(String::strip).toList();
    glyphs.put(line.codePointAt(0), new Glyph(Double.parseDouble(parts[0].strip()), strokes));
  }

  /** How wide {@code text} is. */
  double width(String text) {
    double width = glyphs(text).mapToDouble(glyph -> glyph.width() + GAP).sum();
    return scale * Math.max(0, width - GAP);
  }

  /** The strokes of {@code text}, which begins at 0, 0 and has its baseline there; y downwards. */
  Path2D strokes(String text) {
    Path2D all = new Path2D.Double();
    double at = 0;
    for (Glyph glyph : glyphs(text).toList()) {
      for (String stroke : glyph.strokes()) {
        Path2D path = path(stroke);
        path.transform(new AffineTransform(scale, 0, 0, -scale, scale * at, 0));
        all.append(path, false);
      }
      at += glyph.width() + GAP;
    }
    return all;
  }

  private static Stream<Glyph> glyphs(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(letter -> Character.getType(letter) != Character.NON_SPACING_MARK)
        .mapToObj(letter -> GLYPHS.getOrDefault(letter, BOX));
  }

  private static Path2D path(String stroke) {
    return switch (stroke.charAt(0)) {
      case '~' -> open(points(stroke.substring(1)));
      case 'o' -> closed(points(stroke.substring(1)));
      default -> straight(points(stroke));
    };
  }

  private static List<double[]> points(String text) {
    return Stream.of(text.strip().split(" ", -1)).map(StrokeFont::point).toList();
  }

  private static double[] point(String text) {
    int comma = text.indexOf(',');
    return new double[] {
      Double.parseDouble(text.substring(0, comma)), Double.parseDouble(text.substring(comma + 1))
    };
  }

  private static Path2D straight(List<double[]> points) {
    Path2D path = startingAt(points.getFirst());
    for (double[] point : points) {
      path.lineTo(point[0], point[1]);
    }
    return path;
  }

  /** A curve from the first to the last point that bends towards those between. */
  private static Path2D open(List<double[]> points) {
    Path2D path = startingAt(points.getFirst());
    int last = points.size() - 1;
    for (int i = 1; i < last; i++) {
      double[] to = i == last - 1 ? points.get(last) : middle(points.get(i), points.get(i + 1));
      path.quadTo(points.get(i)[0], points.get(i)[1], to[0], to[1]);
    }
    return path;
  }

  /** A closed curve inside the points, which it touches half-way from each to the next. */
  private static Path2D closed(List<double[]> points) {
    Path2D path = startingAt(middle(points.getLast(), points.getFirst()));
    for (int i = 0; i < points.size(); i++) {
      double[] to = middle(points.get(i), points.get((i + 1) % points.size()));
      path.quadTo(points.get(i)[0], points.get(i)[1], to[0], to[1]);
    }
    path.closePath();
    return path;
  }

  private static Path2D startingAt(double[] point) {
    Path2D path = new Path2D.Double();
    path.moveTo(point[0], point[1]);
    return path;
  }

  private static double[] middle(double[] one, double[] other) {
    return new double[] {(one[0] + other[0]) / 2, (one[1] + other[1]) / 2};
  }
}
