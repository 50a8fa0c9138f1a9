package dev.espalier.fleet.view;

import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.TaskId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts the tasks of a study by state. They are added in the order of its graph. */
final class Tally {
  private final Map<State, Integer> counts = new EnumMap<>(State.class);
  private final Set<TaskId> hopeless = new HashSet<>();
  private int tasks;
  private int rounds;
  private int roundsCompleted;

  /** A task is hopeless when it failed, and when one that it needs is. */
  void add(Node node, State state) {
    tasks++;
    counts.merge(state, 1, Integer::sum);
    if (node.task() instanceof PruneTask) {
      rounds++;
      roundsCompleted += state == State.COMPLETED ? 1 : 0;
    }
    if (state == State.FAILED || node.task().parents().stream().anyMatch(hopeless::contains)) {
      hopeless.add(node.id());
    }
  }

  int count(State state) {
    return counts.getOrDefault(state, 0);
  }

  /** How many prune tasks there are. */
  int rounds() {
    return rounds;
  }

  /** How many prune tasks are done. */
  int roundsCompleted() {
    return roundsCompleted;
  }

  /**
   * Where a study of these tasks stands.
   *
   * @param spent whether its budget is spent
   */
  Status status(Wish wish, boolean spent) {
    if (count(State.COMPLETED) == tasks) {
      return Status.COMPLETED;
    }
    return switch (wish) {
      case PAUSE -> Status.PAUSED;
      case CANCEL -> Status.CANCELLED;
      case RUN -> whileRunning(spent);
    };
  }

  private Status whileRunning(boolean spent) {
    if (count(State.COMPLETED) + hopeless.size() == tasks) {
      return Status.FAILED;
    }
    if (spent) {
      return Status.BUDGET_SPENT;
    }
    boolean begun = count(State.RUNNING) + count(State.PREEMPTED) + count(State.COMPLETED) > 0;
    return begun ? Status.RUNNING : Status.WAITING;
  }
}
