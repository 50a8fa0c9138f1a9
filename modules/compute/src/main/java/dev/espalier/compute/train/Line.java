package dev.espalier.compute.train;

import dev.espalier.domain.task.Score;
import java.util.List;

/**
 * How well networks do that lie on a straight line between two.
 *
 * @param points their scores on the test images, from one end to the other at equal distances, both
 *     ends among them
 */
public record Line(List<Score> points) {
  /** The points of Frankle et al. 2020. */
  public static final int USUAL_POINTS = 30;

  /**
   * Copies the points.
   *
   * @throws IllegalArgumentException when there are fewer than the two ends
   */
  public Line {
    points = List.copyOf(points);
    if (points.size() < 2) {
      throw new IllegalArgumentException("expected at least 2 points, got " + points.size());
    }
  }

  /**
   * The greatest error on the line minus the mean of those at its ends, at least 0, where an error
   * is 1 − accuracy. Frankle et al. call what two networks come from stable when this is below 2 %.
   */
  public double instability() {
    double least = points.stream().mapToDouble(Score::accuracy).min().orElseThrow();
    return (points.getFirst().accuracy() + points.getLast().accuracy()) / 2 - least;
  }
}
