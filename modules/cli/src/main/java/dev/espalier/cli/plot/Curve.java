package dev.espalier.cli.plot;

import java.util.Comparator;
import java.util.List;

/**
 * The accuracies of one arm. Colour and stroke are independent, so that a plot can show two ways in
 * which arms are related; neither is told by colour alone.
 *
 * @param name what the legend calls it
 * @param colour which colour and mark, from 0; they repeat after {@value Palette#COLOURS}
 * @param stroke which line, from 0: solid with full marks, dashed with hollow marks, dotted; they
 *     repeat after three
 * @param points the marks, kept in the order of falling density
 */
public record Curve(String name, int colour, int stroke, List<Point> points) {

  /** Copies and sorts the points. */
  public Curve {
    points = points.stream().sorted(Comparator.comparingDouble(Point::density).reversed()).toList();
  }
}
