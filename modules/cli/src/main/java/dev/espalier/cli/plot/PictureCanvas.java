package dev.espalier.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Draws as points, for readers that know no SVG. Letters are {@link StrokeFont}'s, so that no
 * machine needs fonts and all machines draw alike.
 */
final class PictureCanvas implements Canvas {
  /** Points to a unit. */
  static final int SCALE = 2;

  private final Graphics2D graphics;

  private PictureCanvas(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /** The bytes of a PNG file of {@code drawing}, on a light page. */
  static byte[] draw(Drawing drawing) {
    BufferedImage image =
        new BufferedImage(
            SCALE * drawing.width(), SCALE * drawing.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(SCALE, SCALE);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      PictureCanvas canvas = new PictureCanvas(graphics);
      canvas.fill(Palette.PAGE, new Spot(0, 0), drawing.width(), drawing.height());
      drawing.drawOn(canvas);
    } finally {
      graphics.dispose();
    }
    return bytes(image);
  }

  private static byte[] bytes(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("expected a Java that writes PNG files");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void open(String name) {}

  @Override
  public void close() {}

  @Override
  public void line(Ink ink, double width, String dashes, List<Spot> spots) {
    stroke(ink, new BasicStroke((float) width, 0, 0, 10, lengths(dashes), 0), path(spots));
  }

  private static float[] lengths(String dashes) {
    List<String> words = Stream.of(dashes.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      return new float[] {1, 0};
    }
    float[] lengths = new float[words.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Float.parseFloat(words.get(i));
    }
    return lengths;
  }

  private static Path2D path(List<Spot> spots) {
    Path2D path = new Path2D.Double();
    for (Spot spot : spots) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(spot.x(), spot.y());
      } else {
        path.lineTo(spot.x(), spot.y());
      }
    }
    return path;
  }

  private void stroke(Ink ink, BasicStroke stroke, Shape shape) {
    graphics.setColor(new Color(ink.rgb()));
    graphics.setStroke(stroke);
    graphics.draw(shape);
  }

  @Override
  public void mark(Mark mark, Ink ink, boolean full, Spot at) {
    Shape shape = outline(mark, at);
    graphics.setColor(new Color((full ? ink : Palette.PAGE).rgb()));
    graphics.fill(shape);
    stroke(ink, new BasicStroke(1.5f), shape);
  }

  private static Shape outline(Mark mark, Spot at) {
    if (mark == Mark.DISC) {
      double r = Mark.RADIUS;
      return new Ellipse2D.Double(at.x() - r, at.y() - r, 2 * r, 2 * r);
    }
    Path2D path = path(mark.corners());
    path.closePath();
    return path.createTransformedShape(AffineTransform.getTranslateInstance(at.x(), at.y()));
  }

  @Override
  public void fill(Ink ink, Spot at, double width, double height) {
    graphics.setColor(new Color(ink.rgb()));
    graphics.fill(new Rectangle2D.Double(at.x(), at.y(), width, height));
  }

  @Override
  public void text(Lettering lettering, Spot at, Anchor anchor, String text) {
    write(lettering, AffineTransform.getTranslateInstance(at.x(), at.y()), anchor, text);
  }

  @Override
  public void upwards(Spot at, Anchor anchor, String text) {
    AffineTransform place = AffineTransform.getTranslateInstance(at.x(), at.y());
    place.rotate(-Math.PI / 2);
    write(Lettering.PLAIN, place, anchor, text);
  }

  private void write(Lettering lettering, AffineTransform place, Anchor anchor, String text) {
    StrokeFont font = new StrokeFont(lettering.size());
    double shift =
        switch (anchor) {
          case START -> 0;
          case MIDDLE -> -font.width(text) / 2;
          case END -> -font.width(text);
        };
    place.translate(shift, 0);
    float width = (float) (lettering.size() * (lettering.isHeavy() ? 0.13 : 0.09));
    BasicStroke pen = new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    stroke(lettering.ink(), pen, place.createTransformedShape(font.strokes(text)));
  }
}
