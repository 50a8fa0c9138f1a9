package dev.espalier.domain.task;

import java.util.List;

/**
 * A task in the graph of a study.
 *
 * @param id its name
 * @param task the work
 * @param places what its score is for; one measurement of the dense network can serve several arms,
 *     and what only others build on is for none
 */
public record Node(TaskId id, Task task, List<Place> places) {
  /** Copies the places. */
  public Node {
    places = List.copyOf(places);
  }
}
