package dev.espalier.fleet.view;

import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.TaskKind;
import java.util.List;

/**
 * The tasks of a study and which needs which, small enough for tens of thousands: column by column,
 * the tasks in the order of the graph.
 *
 * @param study the study
 * @param states what the numbers of {@code state} stand for
 * @param kinds what the numbers of {@code kind} stand for
 * @param lanes what the numbers of {@code lane} stand for, such as {@code labels · seed 1}
 * @param ids the first twelve digits of each task's name
 * @param lane which seed and objective each task serves, first of all
 * @param depth how many tasks each has to wait for in turn, 0 for one that waits for none
 * @param kind what each does
 * @param state where each stands
 * @param parents the places in these lists of the tasks that each needs
 */
public record GraphView(
    StudyId study,
    List<State> states,
    List<TaskKind> kinds,
    List<String> lanes,
    List<String> ids,
    List<Integer> lane,
    List<Integer> depth,
    List<Integer> kind,
    List<Integer> state,
    List<List<Integer>> parents) {
  /** Copies the lists. */
  public GraphView {
    states = List.copyOf(states);
    kinds = List.copyOf(kinds);
    lanes = List.copyOf(lanes);
    ids = List.copyOf(ids);
    lane = List.copyOf(lane);
    depth = List.copyOf(depth);
    kind = List.copyOf(kind);
    state = List.copyOf(state);
    parents = List.copyOf(parents);
  }
}
