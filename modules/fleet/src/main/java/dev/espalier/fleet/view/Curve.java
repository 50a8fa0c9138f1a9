package dev.espalier.fleet.view;

import java.util.List;
import java.util.Optional;

/**
 * An arm's accuracy against density.
 *
 * @param arm the arm, such as {@code labels/ticket}
 * @param points from dense to sparse
 */
public record Curve(String arm, List<Point> points) {
  /**
   * A point of a curve.
   *
   * @param level how many times weights were removed
   * @param density the part of the prunable weights that is kept, 0 to 1
   * @param mean the mean test accuracy, 0 to 1
   * @param standardError of the mean; absent for a single seed
   * @param seeds how many seeds it is the mean of
   */
  public record Point(
      int level, double density, double mean, Optional<Double> standardError, int seeds) {}

  /** Copies the points. */
  public Curve {
    points = List.copyOf(points);
  }
}
