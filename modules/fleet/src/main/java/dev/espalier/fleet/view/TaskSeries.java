package dev.espalier.fleet.view;

import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskId;
import java.util.List;

/**
 * What a task measured while it ran.
 *
 * @param task its name by digest
 * @param title what it does, in words
 * @param state where it stands
 * @param series metric by metric, sorted by name
 */
public record TaskSeries(TaskId task, String title, TaskStanding.State state, List<Series> series) {
  /** Copies the list. */
  public TaskSeries {
    series = List.copyOf(series);
  }

  static TaskSeries of(Node node, TaskStanding standing, int most) {
    return new TaskSeries(
        node.id(), Titles.of(node), standing.state(), Samples.of(standing).series(most));
  }
}
