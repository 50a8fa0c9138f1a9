package dev.espalier.fleet.view;

import dev.espalier.domain.event.Standings;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Node;
import java.util.Optional;

/** What tasks measured while they ran, by the standings of a moment. */
public final class Metrics {
  /** The fewest points that a series can be asked for. */
  public static final int LEAST_POINTS = Downsampling.LEAST;

  private final Views views;
  private final Standings standings;

  /** The metrics that {@code standings} know. */
  public Metrics(Views views, Standings standings) {
    this.views = views;
    this.standings = standings;
  }

  /**
   * What the task of {@code node} measured.
   *
   * @param points the most points of a series, at least {@link #LEAST_POINTS}
   */
  public TaskSeries of(Node node, int points) {
    return TaskSeries.of(node, standings.task(node.id()), points);
  }

  /**
   * What tasks of a study measured, those that measured anything, in the order of its graph.
   *
   * @param points the most points of a series, at least {@link #LEAST_POINTS}
   * @throws IllegalArgumentException when the window begins behind what is no place
   */
  public Slice<TaskSeries> of(StudyId study, Window window, int points) {
    return new Walk(views, standings)
        .slice(
            Optional.of(study),
            window,
            (_, node) ->
                Optional.of(node)
                    .filter(any -> !standings.task(any.id()).metrics().isEmpty())
                    .map(any -> of(any, points)));
  }
}
