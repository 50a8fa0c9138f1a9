package dev.espalier.cli.progress;

import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding.State;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.domain.task.TaskGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a study is.
 *
 * @param name what a person calls it
 * @param rounds pruning rounds of all its seeds and objectives
 * @param roundsDone those that have ended
 * @param tasks all its tasks
 * @param tasksDone those that have ended
 * @param failed those that ended without a result
 * @param barred those that can never begin, because what they need has failed
 * @param running what is computed now, by slot
 * @param left the time that the rest will take; absent before anything can be said of it
 */
public record StudyProgress(
    String name,
    int rounds,
    int roundsDone,
    int tasks,
    int tasksDone,
    int failed,
    int barred,
    List<RunningTask> running,
    Optional<Duration> left) {
  /** Copies the list. */
  public StudyProgress {
    running = List.copyOf(running);
  }

  /**
   * The progress of the study called {@code name}, whose graph is {@code graph}.
   *
   * @param wished when it was last asked for: a task that had failed before is tried again
   */
  public static StudyProgress of(
      String name, TaskGraph graph, Standings standings, Instant wished, Optional<Duration> left) {
    Ends ends = Ends.of(graph, standings, wished);
    List<Node> nodes = graph.nodes();
    List<Node> rounds = nodes.stream().filter(node -> node.task() instanceof PruneTask).toList();
    return new StudyProgress(
        name,
        rounds.size(),
        Math.toIntExact(rounds.stream().filter(node -> ends.hasEnded(node.id())).count()),
        nodes.size(),
        ends.completed().size() + ends.failed().size(),
        ends.failed().size(),
        ends.barred().size(),
        running(nodes, standings),
        left);
  }

  private static List<RunningTask> running(List<Node> nodes, Standings standings) {
    return nodes.stream()
        .filter(node -> standings.task(node.id()).state() == State.RUNNING)
        .map(node -> RunningTask.of(node, standings))
        .sorted(Comparator.comparing(RunningTask::worker))
        .toList();
  }

  /** Whether nothing is left to do. */
  public boolean isOver() {
    return tasksDone + barred == tasks;
  }

  /** The part of the tasks that has ended, 0 to 1. */
  public double done() {
    return tasks == 0 ? 1 : (double) tasksDone / tasks;
  }
}
